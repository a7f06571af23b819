package org.tonyreactor.runtime.dto;

import org.osgi.dto.DTO;

/** One factory on one address. */
public class EndpointDTO extends DTO {
    /** The address is being bound. */
    public static final int STATE_BINDING = 1;
    /** The address is bound; connections are accepted. */
    public static final int STATE_BOUND = 2;
    /** The factory has gone; the listener waits for the next one. Reserved. */
    public static final int STATE_HELD = 3;
    /** The factory is no longer offered here; its last connections are ending. */
    public static final int STATE_DRAINING = 4;
    /** The address could not be bound; see the failed endpoint of the same service. */
    public static final int STATE_FAILED = 5;

    /** The endpoint's name ({@code reactor.name}). */
    public String name = "";
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

    /** For the engine. */
    public EndpointDTO() {}
}
