package org.tonyreactor.protocol;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.tonyreactor.transport.Peer;

/**
 * Builds a protocol for each new connection of an endpoint. If a factory is published as an OSGi service with the property
 * {@code reactor.port}, it is served for as long as it is registered.
 *
 * <p>Threads: the worker that will own the connection calls the factory, so several workers may call it at once. A factory
 * must be thread-safe; most factories have no state.
 */
@ConsumerType
@FunctionalInterface
public interface ProtocolFactory {
    /**
     * Builds the protocol of a new connection.
     *
     * @param peer the addresses of the connection: the peer that has connected, and the local address
     * @return a protocol that serves no other connection, or null to refuse this connection: then it is closed with FIN
     * @throws Exception to refuse the connection, too; the failure is logged and counted
     */
    @Nullable
    Protocol buildProtocol(Peer peer) throws Exception;
}
