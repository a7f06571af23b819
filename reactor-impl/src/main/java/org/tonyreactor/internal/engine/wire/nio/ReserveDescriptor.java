package org.tonyreactor.internal.engine.wire.nio;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;

/**
 * A descriptor that is kept for the time when there are none left. When it is given up, one waiting peer can be
 * accepted and is told at once that there is no room. Otherwise that peer would wait for an answer that does not come.
 * Owner: the acceptor.
 */
final class ReserveDescriptor {
    private static final Log LOG = Log.named("org.tonyreactor.acceptor");

    private @Nullable SocketChannel reserve;

    ReserveDescriptor() {
        retake();
        // Once around, so that nothing has to be loaded when no file can be opened any more.
        release();
        retake();
    }

    /** Accepts one peer with the reserve and closes it. Returns whether there was one. */
    boolean refuseOne(ServerSocketChannel listener) {
        release();
        try (SocketChannel refused = listener.accept()) {
            if (refused != null) {
                refused.shutdownOutput(); // FIN, before what it has sent makes closing send RST.
            }
            return refused != null;
        } catch (IOException e) {
            return false; // Another thread was quicker to take the descriptor.
        } finally {
            retake();
        }
    }

    /** Takes the reserve again if other code of the process took it, before a peer gets the descriptor. */
    void restore() {
        if (reserve == null) {
            retake();
        }
    }

    void close() {
        release();
    }

    private void release() {
        SocketChannel held = reserve;
        reserve = null;
        try {
            if (held != null) {
                held.close();
            }
        } catch (IOException e) {
            LOG.debug("closing the reserve descriptor failed", e);
        }
    }

    private void retake() {
        try {
            reserve = SocketChannel.open();
        } catch (IOException e) {
            LOG.debug("there is no descriptor to keep in reserve", e);
        }
    }
}
