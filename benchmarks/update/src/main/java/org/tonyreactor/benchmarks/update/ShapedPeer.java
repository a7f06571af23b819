package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.benchmarks.harness.LoadLoop;
import org.tonyreactor.benchmarks.ledger.LedgerFrames;
import org.tonyreactor.benchmarks.update.LivePeers.Pace;
import org.tonyreactor.benchmarks.update.Load.Countdown;

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

    /** Has sent half a frame, which the old version left unread; the new one gets the other half. */
    static final class MidFrame extends ShapedPeer {
        private byte[] otherHalf = {};

        MidFrame(LoadLoop loop, Load load, SocketChannel channel, long number) {
            super(loop, load, channel, number);
        }

        @Override
        void shape() {
            // One whole frame and a half in one write: the reply to the one says that the other half has come in, too.
            ByteBuffer out = loop.output.clear();
            putRequest(LedgerFrames.ASK, 0, load.settled());
            int start = out.position();
            putRequest(LedgerFrames.ASK, 0, load.newest() + 1);
            int half = start + (out.position() - start) / 2;
            otherHalf = new byte[out.position() - half];
            out.get(half, otherHalf);
            send(out.position(half).flip());
        }

        @Override
        void repliedInLife() {
            shaped();
        }

        @Override
        void release() {
            send(ByteBuffer.wrap(otherHalf));
        }
    }

    /** Asks for more than the sockets' buffers hold and does not read it until the update has returned. */
    static final class SlowReader extends ShapedPeer {
        /** Of a size that the kernel leaves as it is, so that the filling is sure to be more. */
        static final int BUFFER_BYTES = 1 << 17;

        /** More than the two sockets and the server take before they have been read: the next version writes the rest. */
        private static final int FILLING_BYTES = 6 << 20;

        private final Pace pace;

        SlowReader(LoadLoop loop, Load load, SocketChannel channel, long number, Pace pace) {
            super(loop, load, channel, number);
            this.pace = pace;
        }

        @Override
        void shape() {
            ask(LedgerFrames.FILL, FILLING_BYTES, load.settled());
        }

        @Override
        public void ready(SelectionKey ready) {
            if (isShaping()) {
                interest(0);
                shaped();
            } else {
                read();
            }
        }

        @Override
        void release() {
            pace.add(this::readOn);
        }

        private void readOn() {
            if (!isOver()) {
                ask();
                interest(SelectionKey.OP_READ);
            }
        }
    }

    /** Asks while the server has paused reading: the old version must not answer, the new one reads again by a timer. */
    static final class Paused extends ShapedPeer {
        Paused(LoadLoop loop, Load load, SocketChannel channel, long number) {
            super(loop, load, channel, number);
        }

        @Override
        void shape() {
            ask(LedgerFrames.PAUSE, 0, load.settled());
        }

        @Override
        void repliedInLife() {
            if (isShaping()) {
                ask(LedgerFrames.ASK, 0, load.newest() + 1);
                shaped();
            }
        }
    }

    /** Has sent its last byte and goes on reading: the server sends a reply now and then, by a timer of each version. */
    static final class HalfClosed extends LivePeer {
        private static final int TICK_MILLIS = 50;

        private boolean asked;

        HalfClosed(LoadLoop loop, Load load, SocketChannel channel, long number) {
            super(loop, load, channel, number);
        }

        @Override
        boolean begins() {
            if (!asked) {
                asked = true;
                ask(LedgerFrames.TICK, TICK_MILLIS, load.settled());
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
}
