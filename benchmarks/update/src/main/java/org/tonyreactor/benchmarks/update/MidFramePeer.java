package org.tonyreactor.benchmarks.update;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.tonyreactor.benchmarks.ledger.LedgerFrames;

/** Has sent half a frame, which the old version left unread; the new one gets the other half. */
final class MidFramePeer extends ShapedPeer {
    private byte[] otherHalf = {};

    MidFramePeer(LoadLoop loop, Load load, SocketChannel channel, long number) {
        super(loop, load, channel, number);
    }

    @Override
    void shape() {
        // One whole frame and a half in one write: the reply to the one says that the other half has come in, too.
        ByteBuffer out = loop.output.clear();
        putRequest(LedgerFrames.ASK, 0, load.versions().settled());
        int start = out.position();
        putRequest(LedgerFrames.ASK, 0, load.versions().newest() + 1);
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
