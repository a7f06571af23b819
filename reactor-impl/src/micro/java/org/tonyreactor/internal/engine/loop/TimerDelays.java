package org.tonyreactor.internal.engine.loop;

import java.util.SplittableRandom;

/** Delays of timers, the same in each run, drawn before the measuring. */
final class TimerDelays {
    /** How many different ones there are; a power of two. */
    private static final int COUNT = 1 << 12;

    private static final long SEED = 4;

    private final long[] nanos = new long[COUNT];
    private int next;

    TimerDelays(long leastNanos, long mostNanos) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < COUNT; i++) {
            nanos[i] = random.nextLong(leastNanos, mostNanos);
        }
    }

    long nextNanos() {
        return nanos[next++ & (COUNT - 1)];
    }
}
