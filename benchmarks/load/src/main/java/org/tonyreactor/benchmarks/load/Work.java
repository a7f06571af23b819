package org.tonyreactor.benchmarks.load;

import java.util.List;

/** What is said, and when. All calls come from the loop's thread. */
interface Work {
    /** Once, when all connections are made. */
    void begin(long nowNanos);

    /** Once a turn until the window is over. */
    default void turn(long nowNanos) {}

    /** Whether turns are due by time, so that the loop must not sleep until somebody answers. */
    default boolean keepsTime() {
        return false;
    }

    /** The messages from the first one to the one before the end, counted per connection from 0, came back whole. */
    default void heard(Conversation from, long first, long end, long nowNanos) {}

    /** Each connection echoes one message, so that the server has had to do with it, and then nothing. */
    record Idle(List<Conversation> conversations, int sizeBytes) implements Work {
        @Override
        public void begin(long nowNanos) {
            conversations.forEach(each -> each.say(sizeBytes));
        }
    }

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
}
