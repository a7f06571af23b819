package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.tonyreactor.benchmarks.ledger.LedgerFrames;

/** Has sent its last byte and goes on reading: the server sends a reply now and then, by a timer of each version. */
final class HalfClosedPeer extends LivePeer {
    private static final int TICK_MILLIS = 50;

    private boolean asked;

    HalfClosedPeer(LoadLoop loop, Load load, SocketChannel channel, long number) {
        super(loop, load, channel, number);
    }

    @Override
    boolean begins() {
        if (!asked) {
            asked = true;
            ask(LedgerFrames.TICK, TICK_MILLIS, load.versions().settled());
            return false;
        }
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            broken(e);
        }
        return true;
    }

    @Override
    int unaskedChecksum() {
        return lastChecksum();
    }
}
