package org.tonyreactor.internal.engine.binding;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.CallbackLog;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Reusable;

/**
 * Protocols of one factory that wait to serve again, on one worker. Bound: {@link #CAPACITY}; a further protocol is left to
 * the garbage collector. Owner: the worker.
 */
public final class ProtocolPool {
    /** Protocols kept per factory and worker. */
    static final int CAPACITY = 1024;

    private static final Log LOG = Log.named("org.tonyreactor.connection");

    private @Nullable ArrayDeque<Protocol> protocols;
    private boolean closed;

    /** Keeps a protocol whose connection has ended, if it is reusable. */
    public void put(Protocol protocol) {
        if (closed || !(protocol instanceof Reusable)) {
            return;
        }
        ArrayDeque<Protocol> kept = protocols;
        if (kept == null) {
            kept = new ArrayDeque<>();
            protocols = kept;
        }
        if (kept.size() < CAPACITY) {
            kept.push(protocol);
        }
    }

    /** A protocol that was reset, or null when none is left. One that cannot be reset is dropped. */
    @Nullable
    Protocol take() {
        ArrayDeque<Protocol> kept = protocols;
        while (kept != null && !kept.isEmpty()) {
            Protocol protocol = kept.pop();
            try {
                ((Reusable) protocol).reset();
                return protocol;
            } catch (Throwable e) {
                CallbackLog.threw(LOG, protocol.getClass().getName(), "reset", e); // Another one is built.
            }
        }
        return null;
    }

    /** Drops all, and takes none any more. */
    public void close() {
        closed = true;
        protocols = null;
    }

    public int size() {
        ArrayDeque<Protocol> kept = protocols;
        return kept == null ? 0 : kept.size();
    }
}
