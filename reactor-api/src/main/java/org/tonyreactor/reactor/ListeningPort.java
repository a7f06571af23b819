package org.tonyreactor.reactor;

import java.net.SocketAddress;
import org.osgi.annotation.versioning.ProviderType;

/** An address that a factory serves. Any thread. */
@ProviderType
public interface ListeningPort extends AutoCloseable {
    /**
     * The bound address, with the real port if 0 was requested.
     *
     * @return the local address
     */
    SocketAddress localAddress();

    /**
     * Whether {@link #close} has not been called yet.
     *
     * @return true while the address is served
     */
    boolean isOpen();

    /**
     * Stops accepting, drains the connections for up to {@code drainTimeoutMillis} and closes the remaining ones with
     * {@code SERVICE_GONE}. When it returns, no code of the factory runs any more. On a reactor thread this method does not
     * wait.
     * A second call is a no-op.
     */
    @Override
    void close();
}
