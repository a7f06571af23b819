package org.tonyreactor.transport;

import java.net.SocketAddress;
import org.osgi.annotation.versioning.ProviderType;

/** The two ends of a connection. Immutable; any thread. */
@ProviderType
public interface Peer {
    /**
     * The other side's address.
     *
     * @return the remote address, numeric (never looked up)
     */
    SocketAddress remoteAddress();

    /**
     * This side's address.
     *
     * @return the local address of the connection
     */
    SocketAddress localAddress();
}
