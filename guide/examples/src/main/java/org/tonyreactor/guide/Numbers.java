package org.tonyreactor.guide;

import java.nio.ByteBuffer;
import org.tonyreactor.protocol.Protocol;

/** Sends a million lines, no faster than the peer takes them. */
final class Numbers extends Protocol {
    private static final int LINES = 1_000_000;

    private int next;

    @Override
    public void connectionMade() {
        send();
    }

    @Override
    public void outputReady() {
        send();
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        data.position(data.limit()); // What the peer says does not matter.
    }

    private void send() {
        while (next < LINES && transport().isWritable()) {
            write(next++ + "\n");
        }
        if (next == LINES) {
            closeConnection(); // After what is pending.
        }
    }
}
