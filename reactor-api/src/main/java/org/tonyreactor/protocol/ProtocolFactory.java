package org.tonyreactor.protocol;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.tonyreactor.transport.Peer;

/**
 * Builds a protocol for each new connection of an endpoint. Published as an OSGi service with the property
 * {@code reactor.port} it is served for as long as it is registered.
 *
 * <p>Threads: called on the worker that will own the connection, so by several workers at once. A factory must be
 * thread-safe; most have no state.
 */
@ConsumerType
@FunctionalInterface
public interface ProtocolFactory {
    /**
     * Builds the protocol of a new connection.
     *
     * @param peer who has connected, and to which local address
     * @return a protocol that serves no other connection, or null to refuse this one: it is then closed politely (FIN)
     * @throws Exception to refuse the connection as well; the failure is logged and counted
     */
    @Nullable
    Protocol buildProtocol(Peer peer) throws Exception;
}
