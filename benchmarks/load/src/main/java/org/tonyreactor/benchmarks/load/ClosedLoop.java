package org.tonyreactor.benchmarks.load;

import java.util.List;

/**
 * Each connection has so many messages under way, always: an answer sends the next message. So the server decides the
 * rate, and a latency is the server's time for a message it has been given, not what somebody would see who comes along
 * at a time of his own: for that there is {@link OpenLoop}.
 */
final class ClosedLoop implements Work {
    private final Window window;
    private final List<Conversation> conversations;
    private final int sizeBytes;
    private final int depth;
    /** When each message that is under way was said: a ring per connection. */
    private final long[] saidNanos;

    ClosedLoop(Window window, List<Conversation> conversations, int sizeBytes, int depth) {
        this.window = window;
        this.conversations = conversations;
        this.sizeBytes = sizeBytes;
        this.depth = depth;
        saidNanos = new long[conversations.size() * depth];
    }

    @Override
    public void begin(long nowNanos) {
        for (Conversation each : conversations) {
            say(each, 0, depth, nowNanos);
        }
    }

    @Override
    public void heard(Conversation from, long first, long end, long nowNanos) {
        for (long message = first; message < end; message++) {
            window.answered(saidNanos[place(from, message)], nowNanos);
        }
        if (!window.isOver()) {
            say(from, first, end, nowNanos);
        }
    }

    /** In one piece, as a peer does that has several answers at once. */
    private void say(Conversation to, long first, long end, long nowNanos) {
        for (long message = first; message < end; message++) {
            saidNanos[place(to, message)] = nowNanos;
        }
        to.say((end - first) * sizeBytes);
    }

    private int place(Conversation of, long message) {
        return of.index * depth + (int) (message % depth);
    }
}
