package org.tonyreactor.runtime;

import org.osgi.annotation.versioning.ProviderType;
import org.tonyreactor.runtime.dto.ClassLoaderLeakDTO;
import org.tonyreactor.runtime.dto.ConnectionDTO;

/**
 * What an operator may do to a running engine. Published as a service beside {@link ReactorRuntime}.
 *
 * <p>Any thread but the engine's own may call; calls wait for the engine, for a bounded time. Which endpoint is meant is
 * looked up at that moment, among those of {@link ReactorRuntime}; one whose address is no longer its own is not found.
 */
@ProviderType
public interface ReactorAdmin {
    /**
     * The connections of this moment, those that wait for a factory included.
     *
     * @return new snapshots that belong to the caller, in the order of their ids
     */
    ConnectionDTO[] getConnectionDTOs();

    /**
     * Closes one connection after its pending output.
     *
     * @param id the connection's id
     * @return false when there is no such connection any more
     */
    boolean closeConnection(long id);

    /**
     * Stops accepting on an endpoint: peers wait in the kernel's backlog. Its connections stay open.
     *
     * @param endpoint which one
     * @throws IllegalArgumentException when there is no such endpoint, or several have the name
     */
    void suspendAccepting(EndpointRef endpoint);

    /**
     * Undoes {@link #suspendAccepting}, {@link #drain}, {@link #close} and {@link #hold}.
     *
     * @param endpoint which one
     * @throws IllegalArgumentException when there is no such endpoint, or several have the name
     */
    void resumeAccepting(EndpointRef endpoint);

    /**
     * Stops accepting on an endpoint and ends its connections: they finish what they are at, for
     * {@code reactor.drain.timeout.millis} at most. Peers wait in the backlog until {@link #resumeAccepting}.
     *
     * @param endpoint which one
     * @throws IllegalArgumentException when there is no such endpoint, or several have the name
     */
    void drain(EndpointRef endpoint);

    /**
     * Stops accepting on an endpoint and ends its connections at once, as {@link #drain} after its time. A hold
     * ends: peers that wait are closed, and when there is no factory, the port is free when this returns.
     *
     * @param endpoint which one
     * @throws IllegalArgumentException when there is no such endpoint, or several have the name
     */
    void close(EndpointRef endpoint);

    /**
     * Holds an endpoint: the connections of {@code Resumable} protocols are suspended, new peers are accepted and wait
     * unread. Ends with {@link #resumeAccepting}, with a new factory, or by itself after
     * {@code reactor.hold.timeout.millis}, when its factories serve it again.
     *
     * @param endpoint which one
     * @throws IllegalArgumentException when there is no such endpoint, or several have the name, or when its hold time is 0
     */
    void hold(EndpointRef endpoint);

    /**
     * Hands the connections of an endpoint over to the factory that stands first, as far as their protocols are
     * {@code Resumable}.
     *
     * @param endpoint which one
     * @return how many connections were handed over
     * @throws IllegalArgumentException when there is no such endpoint, or several have the name
     */
    int handOver(EndpointRef endpoint);

    /**
     * Puts a factory in quarantine on all its endpoints: the next in rank gets the new connections, and its own where
     * they can be handed over. With nobody behind it the endpoint is held.
     *
     * @param serviceId the {@code service.id} of the factory
     * @throws IllegalArgumentException when there is no such factory
     */
    void quarantine(long serviceId);

    /**
     * Lets a factory out of quarantine.
     *
     * @param serviceId the {@code service.id} of the factory
     * @throws IllegalArgumentException when there is no such factory
     */
    void release(long serviceId);

    /**
     * The class loaders of protocol bundles that are no longer served and not collected yet. Says more after a garbage
     * collection.
     *
     * @return new snapshots that belong to the caller, the oldest first
     */
    ClassLoaderLeakDTO[] getClassLoaderLeakDTOs();
}
