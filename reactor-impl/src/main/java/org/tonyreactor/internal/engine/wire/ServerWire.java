package org.tonyreactor.internal.engine.wire;

import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One listening address. Owner: the loop to which it is attached. */
public interface ServerWire {
    /** Ready operation: peers wait to be accepted. */
    int ACCEPT = 1 << 4;

    /**
     * Accepts one peer; null if none waits.
     *
     * @throws IOException if a peer waits and cannot be accepted, because the system has run out of a resource
     */
    @Nullable
    Wire accept() throws IOException;

    /** Accepts one peer with the reserve, and closes it. Returns whether there was one. */
    boolean refuseOne();

    /** Puts it on a loop. Its handler is called for {@link #ACCEPT} while it is {@link #accepting}. */
    void attach(Multiplexer to, Multiplexer.ReadyHandler handler) throws IOException;

    /** Sets whether its handler is called; if not, peers wait in the backlog. */
    void accepting(boolean on);

    SocketAddress localAddress() throws IOException;

    /** Frees the address, which is free when this returns. */
    void close() throws IOException;
}
