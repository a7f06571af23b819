package org.tonyreactor.protocol;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A {@link Protocol} that may serve another connection after its own has ended. The engine keeps such protocols in a
 * bounded pool per factory and worker, and drops the pool with the factory. A pooled protocol is used in place of
 * {@link ProtocolFactory#buildProtocol}, so a factory that chooses the protocol by the peer should not build reusable
 * protocols.
 */
@ConsumerType
public interface Reusable {
    /**
     * Forgets the last connection. Called on a worker thread, after {@code connectionLost} and before the protocol is
     * connected again. If it throws, the protocol is dropped, and a new one is built instead.
     */
    void reset();
}
