package org.tonyreactor.internal.engine.loop;

/** A clock that a test moves by hand. Any thread may read it. */
public final class ManualClock implements Clock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private volatile long nanos;

    public ManualClock() {
        this(0);
    }

    public ManualClock(long startNanos) {
        nanos = startNanos;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    /** Moves the time on and returns it. */
    long advanceNanos(long by) {
        long moved = nanos + by;
        nanos = moved;
        return moved;
    }

    /** Moves the time on and returns it. */
    public long advanceMillis(long by) {
        return advanceNanos(by * NANOS_PER_MILLI);
    }
}
