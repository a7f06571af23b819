package org.tonyreactor.benchmarks.update;

import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * From the first to the last connection that an update suspends, and then resumes. New for each update; any thread.
 */
final class Spans {
    private final LongAccumulator firstSuspended = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final LongAccumulator lastSuspended = new LongAccumulator(Math::max, Long.MIN_VALUE);
    private final LongAccumulator firstResumed = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final LongAccumulator lastResumed = new LongAccumulator(Math::max, Long.MIN_VALUE);

    void suspended() {
        note(firstSuspended, lastSuspended);
    }

    void resumed() {
        note(firstResumed, lastResumed);
    }

    /** In nanoseconds; empty when nothing was handed over. */
    Map<String, Long> nanos() {
        if (firstSuspended.get() == Long.MAX_VALUE || firstResumed.get() == Long.MAX_VALUE) {
            return Map.of();
        }
        return Map.of(
                "suspending", lastSuspended.get() - firstSuspended.get(),
                "held", firstResumed.get() - lastSuspended.get(),
                "resuming", lastResumed.get() - firstResumed.get());
    }

    private static void note(LongAccumulator first, LongAccumulator last) {
        long nowNanos = System.nanoTime();
        first.accumulate(nowNanos);
        last.accumulate(nowNanos);
    }
}
