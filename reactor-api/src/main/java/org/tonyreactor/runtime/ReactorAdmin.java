package org.tonyreactor.runtime;

import org.osgi.annotation.versioning.ProviderType;
import org.tonyreactor.runtime.dto.ClassLoaderLeakDTO;
import org.tonyreactor.runtime.dto.ConnectionDTO;

/**
 * The commands of an operator for a running engine. Published as a service beside {@link ReactorRuntime}.
 *
 * <p>Any thread except the engine's own may call; calls wait for the engine, for a bounded time. Each call looks for the
 * endpoint among those of {@link ReactorRuntime} at that moment. An endpoint that no longer has this address is not found.
 */
@ProviderType
public interface ReactorAdmin {
    /**
     * The connections at this moment, including those that wait for a factory.
     *
     * @return new snapshots that belong to the caller, in the order of their ids
     */
    ConnectionDTO[] getConnectionDTOs();

    /**
     * Closes one connection after its pending output.
     *
     * @param id the connection's id
     * @return false if there is no such connection any more
     */
    boolean closeConnection(long id);

    /**
     * Stops accepting on an endpoint: peers wait in the kernel's backlog. Its connections stay open.
     *
     * @param endpoint the endpoint
     * @throws IllegalArgumentException if there is no such endpoint, or if several have the name
     */
    void suspendAccepting(EndpointRef endpoint);

    /**
     * Undoes {@link #suspendAccepting}, {@link #drain}, {@link #close} and {@link #hold}.
     *
     * @param endpoint the endpoint
     * @throws IllegalArgumentException if there is no such endpoint, or if several have the name
     */
    void resumeAccepting(EndpointRef endpoint);

    /**
     * Stops accepting on an endpoint and ends its connections: they finish their work, for
     * {@code reactor.drain.timeout.millis} at most. Peers wait in the backlog until {@link #resumeAccepting}.
     *
     * @param endpoint the endpoint
     * @throws IllegalArgumentException if there is no such endpoint, or if several have the name
     */
    void drain(EndpointRef endpoint);

    /**
     * Stops accepting on an endpoint and ends its connections at once, as {@link #drain} does after its time.
     * A hold ends: peers that wait are closed, and if there is no factory, the port is free when this returns.
     *
     * @param endpoint the endpoint
     * @throws IllegalArgumentException if there is no such endpoint, or if several have the name
     */
    void close(EndpointRef endpoint);

    /**
     * Holds an endpoint: the connections of {@code Resumable} protocols are suspended, new peers are accepted and wait
     * unread. The hold ends with {@link #resumeAccepting}, with a new factory, or by itself after
     * {@code reactor.hold.timeout.millis}; then its factories serve the endpoint again.
     *
     * @param endpoint the endpoint
     * @throws IllegalArgumentException if there is no such endpoint, if several have the name, or if its hold time is 0
     */
    void hold(EndpointRef endpoint);

    /**
     * Hands the connections of an endpoint over to its primary factory (the first in rank with weight 100, else the last in
     * rank), as far as their protocols are {@code Resumable}.
     *
     * @param endpoint the endpoint
     * @return how many connections were handed over
     * @throws IllegalArgumentException if there is no such endpoint, or if several have the name
     */
    int handOver(EndpointRef endpoint);

    /**
     * Puts a factory in quarantine on all its endpoints. The other factories of the address get the new connections. The
     * primary one among them gets the factory's own connections if they can be handed over. Without another factory the
     * endpoint is held.
     *
     * @param serviceId the {@code service.id} of the factory
     * @throws IllegalArgumentException if there is no such factory
     */
    void quarantine(long serviceId);

    /**
     * Lets a factory out of quarantine.
     *
     * @param serviceId the {@code service.id} of the factory
     * @throws IllegalArgumentException if there is no such factory
     */
    void release(long serviceId);

    /**
     * The class loaders of protocol bundles that are no longer served and not collected yet. After a garbage collection the
     * result says more.
     *
     * @return new snapshots that belong to the caller, the oldest first
     */
    ClassLoaderLeakDTO[] getClassLoaderLeakDTOs();
}
