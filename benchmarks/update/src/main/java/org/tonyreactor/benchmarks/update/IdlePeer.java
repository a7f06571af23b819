package org.tonyreactor.benchmarks.update;

import java.nio.channels.SocketChannel;

/** Says nothing until an update has returned; then it asks who is there. */
final class IdlePeer extends LivePeer {
    private final Asking asking;
    private boolean probed;

    IdlePeer(LoadLoop loop, Load load, SocketChannel channel, long number, Asking asking) {
        super(loop, load, channel, number);
        this.asking = asking;
    }

    @Override
    void roundBegun() {
        probed = false;
    }

    @Override
    void release() {
        asking.add(this::probe);
    }

    private void probe() {
        if (!isOver()) {
            probed = true;
            ask();
        }
    }

    @Override
    boolean answersRound() {
        return probed;
    }
}
