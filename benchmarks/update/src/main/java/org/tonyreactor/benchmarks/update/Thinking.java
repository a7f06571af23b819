package org.tonyreactor.benchmarks.update;

import java.util.ArrayDeque;
import java.util.Deque;

/** The talkers of a loop that think. All think for the same time, so they are done in the order they came in. */
final class Thinking implements LoadLoop.Duty {
    private record Thought(Talker talker, long endNanos) {}

    private final Deque<Thought> thoughts = new ArrayDeque<>();
    private final long thinkNanos;

    Thinking(long thinkNanos) {
        this.thinkNanos = thinkNanos;
    }

    void add(Talker talker, long nowNanos) {
        thoughts.add(new Thought(talker, nowNanos + thinkNanos));
    }

    @Override
    public long perform(long nowNanos) {
        for (Thought next = thoughts.peek(); next != null; next = thoughts.peek()) {
            if (next.endNanos - nowNanos > 0) {
                return Math.min(next.endNanos, nowNanos + LoadLoop.NOTHING_DUE_NANOS);
            }
            thoughts.remove();
            if (!next.talker.isOver()) {
                next.talker.talk();
            }
        }
        return nowNanos + LoadLoop.NOTHING_DUE_NANOS;
    }
}
