package org.tonyreactor.internal.engine.accept;

import java.util.concurrent.TimeUnit;

/**
 * How often something may happen: so many times a second on average, and as many at once after a second of rest. It is a
 * token bucket that needs no refill: it keeps the time at which the bucket would be full again. Owner: the acceptor.
 */
final class Rate {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private boolean isUsed;
    /** When nothing would be left of what has been taken. */
    private long fullNanos;

    /** Takes one if there is one. Returns whether there was. */
    boolean take(int perSecond, long nowNanos) {
        long eachNanos = SECOND_NANOS / perSecond;
        long takenNanos = isUsed ? Math.max(0, fullNanos - nowNanos) : 0;
        if (takenNanos > SECOND_NANOS - eachNanos) {
            return false;
        }
        fullNanos = nowNanos + takenNanos + eachNanos;
        isUsed = true;
        return true;
    }
}
