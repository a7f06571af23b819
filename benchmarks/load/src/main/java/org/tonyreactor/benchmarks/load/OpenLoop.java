package org.tonyreactor.benchmarks.load;

import java.util.List;

/**
 * A fixed number of messages a second, the connections in turn, whether or not the server keeps up. The k-th message is due
 * k intervals after the beginning, and its latency counts from then, also if it was said later because the generator was
 * late or the connection was full. So a server that stands still for a second shows all messages that were due in that second, not
 * only the one that happened to wait (the error known as coordinated omission).
 *
 * <p>When a message was due follows from its number; nothing is remembered. The loop polls instead of sleeping, since a
 * sleep is longer than an interval: its processor is always busy.
 */
final class OpenLoop implements Work {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Window window;
    private final List<Conversation> conversations;
    private final int sizeBytes;
    private final double intervalNanos;
    private long beginNanos;
    private long next;

    OpenLoop(Window window, List<Conversation> conversations, int sizeBytes, int messagesPerSecond) {
        this.window = window;
        this.conversations = conversations;
        this.sizeBytes = sizeBytes;
        intervalNanos = NANOS_PER_SECOND / messagesPerSecond;
    }

    @Override
    public void begin(long nowNanos) {
        beginNanos = nowNanos;
    }

    @Override
    public void turn(long nowNanos) {
        while (dueNanos(next) <= nowNanos) {
            conversations.get((int) (next % conversations.size())).say(sizeBytes);
            next++;
        }
    }

    @Override
    public boolean keepsTime() {
        return true;
    }

    @Override
    public void heard(Conversation from, long first, long end, long nowNanos) {
        for (long message = first; message < end; message++) {
            window.answered(dueNanos(message * conversations.size() + from.index), nowNanos);
        }
    }

    private long dueNanos(long message) {
        return beginNanos + (long) (message * intervalNanos);
    }
}
