package org.tonyreactor.benchmarks.update;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.tonyreactor.benchmarks.ledger.LedgerFrames;

/** Asks for more than the sockets' buffers hold and does not read it until the update has returned. */
final class SlowReaderPeer extends ShapedPeer {
    /** Of a size that the kernel leaves as it is, so that the filling is sure to be more. */
    static final int BUFFER_BYTES = 1 << 17;

    /** More than the two sockets and the server take before they have been read: the next version writes the rest. */
    private static final int FILLING_BYTES = 6 << 20;

    private final Asking asking;

    SlowReaderPeer(LoadLoop loop, Load load, SocketChannel channel, long number, Asking asking) {
        super(loop, load, channel, number);
        this.asking = asking;
    }

    @Override
    void shape() {
        ask(LedgerFrames.FILL, FILLING_BYTES, load.versions().settled());
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
        asking.add(this::readOn);
    }

    private void readOn() {
        if (!isOver()) {
            ask();
            interest(SelectionKey.OP_READ);
        }
    }
}
