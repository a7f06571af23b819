package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.internal.engine.wire.Multiplexer;

/** The acceptor's end of the loopback channel: reads tokens. A token may arrive in pieces. Owner: the acceptor. */
public final class LoopbackReceiver implements Multiplexer.ReadyHandler {
    /** What becomes of a token; whether it is good is for the receiver of it to say. */
    public interface TokenHandler {
        void onToken(int index, int generation);
    }

    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.loopback");
    private static final int BUFFER_TOKENS = 4096;

    private final SocketChannel channel;
    private final TokenHandler handler;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_TOKENS * Long.BYTES);

    public LoopbackReceiver(SocketChannel channel, Multiplexer multiplexer, TokenHandler handler) throws IOException {
        this.channel = channel;
        this.handler = handler;
        multiplexer.register(channel, SelectionKey.OP_READ, this);
    }

    @Override
    public void onReady(int readyOps) {
        read();
    }

    /** Reads all that has come, and forgets a token of which only a part has come: its sender has died. */
    void resync() {
        boolean more = true;
        while (more) { // Ends: nobody writes meanwhile.
            more = read();
        }
        buffer.clear();
    }

    /** Returns whether there was something. */
    private boolean read() {
        int count;
        try {
            count = channel.read(buffer);
            if (count < 0) {
                channel.close();
                return false;
            }
        } catch (IOException e) {
            LOG.debug("the loopback channel is closed", e);
            close();
            return false;
        }
        buffer.flip();
        try {
            while (buffer.remaining() >= Long.BYTES) {
                long token = buffer.getLong();
                handler.onToken((int) (token >>> Integer.SIZE), (int) token);
            }
        } finally {
            buffer.compact();
        }
        return count > 0;
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing the loopback channel failed", e);
        }
    }
}
