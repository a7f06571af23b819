package org.tonyreactor.internal.engine.connection;

import java.util.concurrent.TimeUnit;
import org.tonyreactor.internal.engine.binding.FactoryBinding;

/**
 * How long those that go by one order have, all together.
 *
 * @param orderedNanos when it was ordered, in the loop's time
 * @param limitNanos how long they have from then on
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
