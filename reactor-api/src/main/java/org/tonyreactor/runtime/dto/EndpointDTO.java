package org.tonyreactor.runtime.dto;

import org.osgi.dto.DTO;

/** One factory on one address. */
public class EndpointDTO extends DTO {
    /** The address is bound; connections are accepted. */
    public static final int STATE_BOUND = 1;
    /** The address is bound; by command, connections are accepted no more and wait in the backlog. */
    public static final int STATE_SUSPENDED = 2;
    /** No factory serves; the listener stays open and peers wait for the next one. Ids and name are the last one's. */
    public static final int STATE_HELD = 3;
    /** The factory gets no new connections here; those that it has go on until they end. */
    public static final int STATE_DRAINING = 4;
    /** The address could not be bound; see the failed endpoint of the same service. */
    public static final int STATE_FAILED = 5;

    /** The endpoint's name ({@code reactor.name}). */
    public String name = "";
    /**
     * Where it is, as people write it: {@code host:port} or {@code [v6]:port}, of {@link #host} and {@link #port}. It is the
     * text by which {@code EndpointRef.of} finds the endpoint again.
     */
    public String address = "";
    /** The host that was asked for ({@code reactor.host}); {@code *} is all interfaces. */
    public String host = "";
    /** The port that is bound: the real one where 0 was asked for. */
    public int port;
    /** One of the {@code STATE_} constants. */
    public int state;
    /** The {@code service.id} of the factory; -1 for one that is no service. */
    public long serviceId = -1;
    /** The id of the bundle that registered the factory; -1 for one that is no service. */
    public long bundleId = -1;
    /** Connections open now. */
    public long connections;
    /** Connections accepted since the factory was bound. */
    public long accepted;
    /** Connections refused since then: by limit, by a null protocol or by a failing factory. */
    public long refused;
    /** Bytes read from the peers. */
    public long bytesIn;
    /** Bytes written to the peers. */
    public long bytesOut;
    /** Callbacks that threw. */
    public long errors;
    /** Connections that were lost because a callback, or the factory, threw. */
    public long failed;
    /** Connections that came, or came back, from another factory, or another version of this one. */
    public long resumed;
    /** Connections that went to another factory, or another version of this one. */
    public long suspended;
    /** Peers that wait unread for the next factory; 0 but for a held endpoint. */
    public long waiting;
    /** Percent of the new connections reaching this factory which it takes ({@code reactor.weight}). */
    public int weight = 100;
    /** Percent of all new connections of the address that go to this factory now. */
    public double sharePercent;
    /** Whether new connections are accepted, as far as commands have a say; it may be held, or draining, meanwhile. */
    public boolean accepting = true;

    /** For the engine. */
    public EndpointDTO() {}
}
