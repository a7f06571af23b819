package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.benchmarks.harness.LoadLoop;
import org.tonyreactor.benchmarks.update.Load.Countdown;
import org.tonyreactor.benchmarks.update.Load.Round;

/** A peer that lives through all updates. It counts itself when it has answered from the version a round wants. */
abstract class LivePeer extends LedgerPeer {
    protected @Nullable SelectionKey key;

    private @Nullable Countdown started;
    private @Nullable Round round;

    LivePeer(LoadLoop loop, Load load, SocketChannel channel, long number) {
        super(loop, load, channel, number);
    }

    /** Begins to read and says the first thing; it is ready for rounds when it has come to the countdown. */
    final void start(Countdown countdown) {
        started = countdown;
        try {
            key = channel.register(loop.selector(), SelectionKey.OP_READ, this);
            ask();
        } catch (IOException e) {
            broken(e);
        }
    }

    /** Gets into the state in which an update is to meet it, and comes to the countdown. */
    void prepare(Countdown prepared) {
        prepared.come();
    }

    /** Whether the baseline cannot have it, because only an update brings it out of its state. */
    boolean needsUpdate() {
        return false;
    }

    final void begin(Round next) {
        if (isOver()) {
            next.answers().come();
        } else {
            round = next;
            roundBegun();
        }
    }

    void roundBegun() {}

    /** The update has returned: a peer that has nothing on the way asks now. */
    void release() {}

    @Override
    void replied(int version) {
        if (started != null) {
            if (begins()) {
                started.come();
                started = null;
            }
            return;
        }
        if (round != null && version >= round.version() && answersRound()) {
            round.answers().come();
            round = null;
        }
        repliedInLife();
    }

    /** A reply has come while it was starting: whether it is ready now. */
    boolean begins() {
        return true;
    }

    /** Whether the reply that has just come is one to count. */
    boolean answersRound() {
        return true;
    }

    void repliedInLife() {}

    @Override
    void lost() {
        if (started != null) {
            started.come();
            started = null;
        }
        if (round != null) {
            round.answers().come();
            round = null;
        }
    }

    final void interest(int operations) {
        if (key != null && key.isValid()) {
            key.interestOps(operations);
        }
    }
}
