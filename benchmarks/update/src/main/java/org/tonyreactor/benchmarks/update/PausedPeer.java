package org.tonyreactor.benchmarks.update;

import java.nio.channels.SocketChannel;
import org.tonyreactor.benchmarks.ledger.LedgerFrames;

/** Asks while the server has paused reading: the old version must not answer, the new one reads again by a timer. */
final class PausedPeer extends ShapedPeer {
    PausedPeer(LoadLoop loop, Load load, SocketChannel channel, long number) {
        super(loop, load, channel, number);
    }

    @Override
    void shape() {
        ask(LedgerFrames.PAUSE, 0, load.versions().settled());
    }

    @Override
    void repliedInLife() {
        if (isShaping()) {
            ask(LedgerFrames.ASK, 0, load.versions().newest() + 1);
            shaped();
        }
    }
}
