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
}
