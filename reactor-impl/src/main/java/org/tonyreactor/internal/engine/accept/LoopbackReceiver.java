package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;

/** The acceptor's end of the loopback channel: reads tokens. A token may arrive in pieces. Owner: the acceptor. */
public final class LoopbackReceiver implements Multiplexer.ReadyHandler {
    /** Gets each token, and decides whether it is valid. */
    public interface TokenHandler {
        void onToken(int index, int generation);
    }

    private static final Log LOG = Log.named("org.tonyreactor.loopback");

    private final Wire wire;
    private final TokenHandler handler;
    /** The bytes of a token that has come in part. */
    private final ByteBuffer part = ByteBuffer.allocate(Long.BYTES);

    private boolean closed;

    public LoopbackReceiver(Wire wire, Multiplexer multiplexer, TokenHandler handler) throws IOException {
        this.wire = wire;
        this.handler = handler;
        wire.interest(Wire.READ);
        wire.attach(multiplexer, this);
    }

    @Override
    public void onReady(int readyOps) {
        if (closed) {
            return; // It was ready already.
        }
        boolean more = readTokens();
        while (more && wire.hasMore()) { // Ends: what lies inside a wire is bounded.
            more = readTokens();
        }
    }

    /** Reads no more: what has come and is not read is forgotten. */
    void close() {
        closed = true;
        wire.closeSoon();
    }

    /** Returns whether there was something. */
    private boolean readTokens() {
        try {
            ByteBuffer read = wire.read();
            if (read == null) {
                return false;
            }
            if (Wire.isEnd(read)) {
                wire.closeSoon();
                return false;
            }
            onTokens(read);
            return true;
        } catch (IOException e) {
            LOG.debug("the loopback channel is closed", e);
            wire.closeSoon();
            return false;
        }
    }

    private void onTokens(ByteBuffer read) {
        while (part.position() > 0 && read.hasRemaining()) {
            part.put(read.get());
            if (!part.hasRemaining()) {
                onToken(part.flip().getLong());
                part.clear();
            }
        }
        while (read.remaining() >= Long.BYTES) {
            onToken(read.getLong());
        }
        part.put(read);
    }

    private void onToken(long token) {
        try {
            handler.onToken((int) (token >>> Integer.SIZE), (int) token);
        } catch (RuntimeException | Error e) { // Those behind it are not lost with it.
            FailureReport.failed(LOG, this, Doing.TOKEN, e);
        }
    }
}
