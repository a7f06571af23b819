package org.tonyreactor.benchmarks.load;

import java.util.List;

/** Connect, echo one message, close, and again. A latency is the time from before the connect to the whole answer. */
final class Churn implements Work {
    private final LoadLoop loop;
    private final Window window;
    private final List<Conversation> conversations;
    private final int sizeBytes;
    private final long[] dialledNanos;

    Churn(LoadLoop loop, Window window, List<Conversation> conversations, int sizeBytes) {
        this.loop = loop;
        this.window = window;
        this.conversations = conversations;
        this.sizeBytes = sizeBytes;
        dialledNanos = new long[conversations.size()];
    }

    @Override
    public void begin(long nowNanos) {
        for (Conversation each : conversations) {
            dialledNanos[each.index] = nowNanos;
            each.say(sizeBytes);
        }
    }

    @Override
    public void heard(Conversation from, long first, long end, long nowNanos) {
        if (first == end) {
            return;
        }
        window.answered(dialledNanos[from.index], nowNanos);
        from.close();
        if (!window.isOver()) {
            dialledNanos[from.index] = nowNanos;
            loop.dial(from);
            from.say(sizeBytes);
        }
    }
}
