package org.tonyreactor.internal.engine.connection;

import java.net.SocketAddress;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.transport.Peer;

/** The addresses of a connection, read once when it is made. */
public record ConnectedPeer(SocketAddress remoteAddress, SocketAddress localAddress) implements Peer {
    /** The address of the one at the other end. */
    @Override
    public String toString() {
        return AddressText.of(remoteAddress);
    }
}
