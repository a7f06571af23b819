package org.tonyreactor.benchmarks.load;

/** Connect, echo one message, close, and again. A latency is the time from before the connect to the whole answer. */
final class Churn implements Work {
    private final Conversations conversations;
    private final Window window;
    private final int sizeBytes;
    private final long[] dialledNanos;

    Churn(Conversations conversations, Window window, int sizeBytes) {
        this.window = window;
        this.conversations = conversations;
        this.sizeBytes = sizeBytes;
        dialledNanos = new long[conversations.all().size()];
    }

    @Override
    public void begin(long nowNanos) {
        for (Conversation each : conversations.all()) {
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
            conversations.dial(from);
            from.say(sizeBytes);
        }
    }
}
