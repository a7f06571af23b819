package org.tonyreactor.internal.engine.connection;

import java.util.concurrent.TimeUnit;
import org.tonyreactor.internal.engine.binding.FactoryBinding;

/**
 * The time limit of one order, common to all its connections.
 *
 * @param orderedNanos the time of the order, in the loop's time
 * @param limitNanos how long the connections have from then on
 */
record DrainTime(long orderedNanos, long limitNanos) {
    /** For the connections of a binding. */
    static DrainTime of(FactoryBinding binding, long nowNanos) {
        long limitMillis = binding.settings().limits().drainTimeoutMillis();
        return new DrainTime(nowNanos, TimeUnit.MILLISECONDS.toNanos(limitMillis));
    }

    long leftNanos(long nowNanos) {
        return limitNanos - (nowNanos - orderedNanos);
    }
}
