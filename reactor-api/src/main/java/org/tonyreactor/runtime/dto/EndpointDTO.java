package org.tonyreactor.runtime.dto;

import org.osgi.dto.DTO;

/** One factory on one address. */
public class EndpointDTO extends DTO {
    /** The address is bound; connections are accepted. */
    public static final int STATE_BOUND = 1;
    /** The address is bound; by command, no connections are accepted, and peers wait in the backlog. */
    public static final int STATE_SUSPENDED = 2;
    /**
     * No factory serves; the listener stays open and peers wait for the next factory, unless a factory of an overlapping
     * address has the port. Ids and name are those of the last factory, or those of the service that replaced it at
     * another address.
     */
    public static final int STATE_HELD = 3;
    /** The factory gets no new connections here; its open connections continue until they end. */
    public static final int STATE_DRAINING = 4;
    /** The address could not be bound; see the failed endpoint of the same service. */
    public static final int STATE_FAILED = 5;

    /** The endpoint's name ({@code reactor.name}). */
    public String name = "";
    /**
     * The address in the form that people write: {@code host:port} or {@code [v6]:port}, of {@link #host} and
     * {@link #port}. {@code EndpointRef.of} finds the endpoint by this text.
     */
    public String address = "";
    /** The host that was requested ({@code reactor.host}); {@code *} is all interfaces. */
    public String host = "";
    /** The port that is bound: the real one if 0 was requested. */
    public int port;
    /** One of the {@code STATE_} constants. */
    public int state;
    /** The {@code service.id} of the factory; -1 for a factory that is no service. */
    public long serviceId = -1;
    /** The id of the bundle that registered the factory; -1 for a factory that is no service. */
    public long bundleId = -1;
    /** Connections open now. */
    public long connections;
    /** Connections accepted since the factory was bound. */
    public long accepted;
    /** Connections refused since then: by a limit, by a null protocol or by a failing factory. */
    public long refused;
    /** Of those: the ones of peers that had {@code reactor.connections.max.per.peer}. */
    public long refusedByPeerLimit;
    /** Of those: the ones that came faster than {@code reactor.accepts.per.second}, or its limit for one peer, allows. */
    public long refusedByRate;
    /** Bytes read from the peers. */
    public long bytesIn;
    /** Bytes written to the peers. */
    public long bytesOut;
    /** Callbacks that threw. */
    public long errors;
    /** Connections that were lost because a callback, or the factory, threw. */
    public long failed;
    /** Connections that ended by {@code INPUT_OVERFLOW}: their protocols left too much input unread. */
    public long inputOverflows;
    /** Connections that ended by {@code SLOW_CONSUMER}: their peers did not take what was written. */
    public long slowConsumers;
    /** Connections that ended by {@code IDLE_TIMEOUT}: nothing happened on them. */
    public long idleTimeouts;
    /** Connections that ended by {@code TIMEOUT_FIRST_BYTE}: their peers had not sent a byte. */
    public long firstByteTimeouts;
    /** Connections that came from another factory, or from another version of this one, or came back. */
    public long resumed;
    /** Connections that went to another factory, or to another version of this one. */
    public long suspended;
    /** Peers that wait unread for the next factory; 0 if the endpoint is not held. */
    public long waiting;
    /** The percentage that this factory takes of the new connections that reach it ({@code reactor.weight}). */
    public int weight = 100;
    /** The percentage of all new connections of the address that go to this factory now. */
    public double sharePercent;
    /** Whether the commands allow new connections; the endpoint may still be held or draining. */
    public boolean accepting = true;

    /** For the engine. */
    public EndpointDTO() {}
}
