package org.tonyreactor.benchmarks.update;

import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A peer that an update meets in a state of its own, which it gets into before. */
abstract class ShapedPeer extends LivePeer {
    private @Nullable Countdown prepared;

    ShapedPeer(LoadLoop loop, Load load, SocketChannel channel, long number) {
        super(loop, load, channel, number);
    }

    @Override
    final void prepare(Countdown countdown) {
        if (isOver()) {
            countdown.come();
        } else {
            prepared = countdown;
            shape();
        }
    }

    /** Begins to get into its state; it calls {@link #shaped} when it is. */
    abstract void shape();

    final void shaped() {
        if (prepared != null) {
            prepared.come();
            prepared = null;
        }
    }

    final boolean isShaping() {
        return prepared != null;
    }

    @Override
    final boolean needsUpdate() {
        return true;
    }

    @Override
    void lost() {
        shaped();
        super.lost();
    }
}
