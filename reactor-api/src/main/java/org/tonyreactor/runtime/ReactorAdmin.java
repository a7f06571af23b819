package org.tonyreactor.runtime;

import org.osgi.annotation.versioning.ProviderType;
import org.tonyreactor.runtime.dto.ClassLoaderLeakDTO;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.runtime.dto.ConnectionListDTO;

/**
 * The commands of an operator for a running engine. Published as a service beside {@link ReactorRuntime}.
 *
 * <p>Any thread except the engine's own may call; calls wait for the engine, for a bounded time. Each call looks for the
 * endpoint among those of {@link ReactorRuntime} at that moment. An endpoint that no longer has this address is not found.
 *
 * <p>A worker that a callback holds up answers late, or never. A method that changes something then throws an {@link
 * IllegalStateException} that names the worker, because the result is not known yet. The command stays in force: the worker
 * carries it out when its callback has returned.
 */
@ProviderType
public interface ReactorAdmin {
    /**
     * The connections at this moment, including those that wait for a factory. The list may be incomplete, and does not
     * say so; {@link #getConnectionListDTO} does.
     *
     * @return new snapshots that belong to the caller, in the order of their ids; peers that wait, which have
     *     none, come last
     */
    ConnectionDTO[] getConnectionDTOs();

    /**
     * The connections at this moment, including those that wait for a factory. It names the threads of the engine that have
     * not answered within two seconds: their connections are missing.
     *
     * @return a new snapshot that belongs to the caller
     */
    ConnectionListDTO getConnectionListDTO();

    /**
     * Closes one connection after its pending output.
     *
     * @param id the connection's id
     * @return false if there is no such connection any more
     * @throws IllegalStateException if a worker that may have the connection has not answered in time
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
     * @throws IllegalStateException if a worker has not answered in time; connections on it are still open
     */
    void drain(EndpointRef endpoint);

    /**
     * Stops accepting on an endpoint and ends its connections at once, as {@link #drain} does after its time.
     * A hold ends: peers that wait are closed, and if there is no factory, the port is free when this returns.
     *
     * @param endpoint the endpoint
     * @throws IllegalArgumentException if there is no such endpoint, or if several have the name
     * @throws IllegalStateException if a worker has not answered in time; connections on it are still open
     */
    void close(EndpointRef endpoint);

    /**
     * Holds an endpoint: the connections of {@code Resumable} protocols are suspended, new peers are accepted and wait
     * unread. The hold ends with {@link #resumeAccepting}, with a new factory, or by itself after
     * {@code reactor.hold.timeout.millis}; then its factories serve the endpoint again.
     *
     * @param endpoint the endpoint
     * @throws IllegalArgumentException if there is no such endpoint, if several have the name, or if its hold time is 0
     * @throws IllegalStateException if a worker has not answered in time; connections on it are not suspended yet
     */
    void hold(EndpointRef endpoint);

    /**
     * Hands the connections of an endpoint over to its primary factory (the first in rank with weight 100, else the last in
     * rank), as far as their protocols are {@code Resumable}.
     *
     * @param endpoint the endpoint
     * @return how many connections were handed over
     * @throws IllegalArgumentException if there is no such endpoint, or if several have the name
     * @throws IllegalStateException if a worker has not answered in time; the others have handed theirs over
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
