package org.tonyreactor.benchmarks.update;

import java.nio.channels.SocketChannel;
import org.tonyreactor.benchmarks.harness.LoadLoop;

/** Says nothing until an update has returned; then it asks who is there. */
final class IdlePeer extends LivePeer {
    private final Pace pace;
    private boolean probed;

    IdlePeer(LoadLoop loop, Load load, SocketChannel channel, long number, Pace pace) {
        super(loop, load, channel, number);
        this.pace = pace;
    }

    @Override
    void roundBegun() {
        probed = false;
    }

    @Override
    void release() {
        pace.add(this::probe);
    }

    @Override
    boolean answersRound() {
        return probed;
    }

    private void probe() {
        if (!isOver()) {
            probed = true;
            ask();
        }
    }
}
