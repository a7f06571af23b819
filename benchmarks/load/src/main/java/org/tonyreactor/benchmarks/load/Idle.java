package org.tonyreactor.benchmarks.load;

import java.util.List;

/** Each connection echoes one message, so that the server has had to do with it, and then nothing. */
final class Idle implements Work {
    private final List<Conversation> conversations;
    private final int sizeBytes;

    Idle(List<Conversation> conversations, int sizeBytes) {
        this.conversations = conversations;
        this.sizeBytes = sizeBytes;
    }

    @Override
    public void begin(long nowNanos) {
        for (Conversation each : conversations) {
            each.say(sizeBytes);
        }
    }

    @Override
    public void heard(Conversation from, long first, long end, long nowNanos) {
        // Whether all are quiet is the loop's to see.
    }
}
