package org.tonyreactor.whiteboard;

/**
 * The names of the whiteboard: service properties of a {@code ProtocolFactory}, their units and their defaults. Every
 * property takes a single value, an array or a collection alike; numbers may be given as strings.
 *
 * <p>All but {@link #PORT} and {@link #HOST} are applied to a live endpoint, and to its open connections where that has
 * a meaning, when the service is modified. A changed address moves the listener; open connections stay.
 */
public final class ReactorConstants {
    /** The namespace of the engine's capability. */
    public static final String IMPLEMENTATION_NAMESPACE = "osgi.implementation";
    /** The name of the engine's capability. */
    public static final String IMPLEMENTATION_NAME = "tonyreactor";
    /** The version of the engine's capability. */
    public static final String IMPLEMENTATION_VERSION = "1.0.0";
    /** The engine's configuration PID. */
    public static final String ENGINE_PID = "org.tonyreactor";

    /** String: the service property of {@code ReactorRuntime} that names the engine, for {@link #TARGET}. */
    public static final String ENGINE_NAME = "reactor.engine.name";
    /** Long: the service property of {@code ReactorRuntime} that grows with every change of the endpoints. */
    public static final String CHANGE_COUNT = "service.changecount";

    /** The prefix of every property of an endpoint. */
    public static final String PREFIX = "reactor.";
    /** String: the endpoint's name in logs, DTOs and the shell. Default: the component's name, else {@code service-ID}. */
    public static final String NAME = "reactor.name";
    /** String+: the addresses to bind; {@code *} is all interfaces. Default: the loopback address. */
    public static final String HOST = "reactor.host";
    /** Integer+, 0 to 65535: the TCP ports to serve; 0 is any free port. Required. */
    public static final String PORT = "reactor.port";
    /** Integer, connections: how many the kernel may queue before they are accepted; a change
     * waits for the next bind. Default 4096. */
    public static final String BACKLOG = "reactor.backlog";
    /** Integer, connections: how many may be open at once; more are closed on accept. Default 0, no bound. */
    public static final String CONNECTIONS_MAX = "reactor.connections.max";
    /** Reserved for the limit per remote address; a factory that sets it is not served yet. */
    public static final String CONNECTIONS_MAX_PER_PEER = "reactor.connections.max.per.peer";
    /** Long, milliseconds without a byte read or written after which a connection is closed. Default 0, never. */
    public static final String IDLE_TIMEOUT_MILLIS = "reactor.idle.timeout.millis";
    /** Integer, bytes a protocol may leave unread. Default 1 MiB. */
    public static final String INPUT_MAX_BYTES = "reactor.input.max.bytes";
    /** Long, bytes of pending output above which the engine stops reading. Default 256 KiB. */
    public static final String OUTPUT_HIGH_BYTES = "reactor.output.high.bytes";
    /** Long, bytes of pending output at which it reads again and calls {@code outputReady}. Default 64 KiB. */
    public static final String OUTPUT_LOW_BYTES = "reactor.output.low.bytes";
    /** Long, bytes of pending output above which the connection is aborted. Default 64 MiB. */
    public static final String OUTPUT_MAX_BYTES = "reactor.output.max.bytes";
    /** Boolean: whether the engine stops reading above the high-water mark. Default true. */
    public static final String OUTPUT_PAUSE_READING = "reactor.output.pause.reading";
    /**
     * Long, milliseconds after which a connection whose protocol was told of the peer's FIN is closed, when no output is
     * pending, no timer of the protocol runs and nothing happens. Default 60,000; 0 is never.
     */
    public static final String INPUT_ENDED_TIMEOUT_MILLIS = "reactor.input.ended.timeout.millis";
    /** Long, milliseconds that connections have to finish when their factory goes. Default 5,000. */
    public static final String DRAIN_TIMEOUT_MILLIS = "reactor.drain.timeout.millis";
    /**
     * Long, milliseconds the port is held when the last factory has gone: peers connect and wait for the next one, and so
     * do the connections of {@code Resumable} protocols. Default 30,000; 0 closes the port at once.
     */
    public static final String HOLD_TIMEOUT_MILLIS = "reactor.hold.timeout.millis";
    /**
     * Integer, connections accepted while the port is held, which wait unread; more wait in the backlog. Default 4,096.
     */
    public static final String HOLD_CONNECTIONS_MAX = "reactor.hold.connections.max";
    /**
     * Boolean: whether the connections of worse-ranked factories of the address are handed over to this one, as far as
     * their protocols are {@code Resumable}, as soon as it takes all new ones. Default false: they finish where they are.
     */
    public static final String TAKEOVER = "reactor.takeover";
    /**
     * Integer, percent: how many of the new connections that reach this factory in the order of rank it takes; the others
     * go to the next. The last one takes all that reach it. Default 100.
     */
    public static final String WEIGHT = "reactor.weight";
    /**
     * Integer, connections that must fail within the window before the factory is put in quarantine: new connections then
     * go to the next in rank, and its own are handed over to that one where they can be. A factory that no other stands
     * behind keeps serving. Default 10; 0 is never.
     */
    public static final String QUARANTINE_FAILURES = "reactor.quarantine.failures";
    /** Integer, percent of its connections that must also fail within the window. Default 25. */
    public static final String QUARANTINE_PERCENT = "reactor.quarantine.percent";
    /** Long, milliseconds of the window in which failures are counted, from the first one on. Default 10,000. */
    public static final String QUARANTINE_WINDOW_MILLIS = "reactor.quarantine.window.millis";
    /** Boolean: TCP_NODELAY, small writes are sent at once. Default true. */
    public static final String TCP_NODELAY = "reactor.tcp.nodelay";
    /** Boolean: SO_KEEPALIVE, the kernel probes silent peers. Default false. */
    public static final String TCP_KEEPALIVE = "reactor.tcp.keepalive";
    /** The prefix of the TLS properties. Reserved; a factory that sets one is not served yet. */
    public static final String TLS_PREFIX = "reactor.tls.";
    /** String: an LDAP filter over the {@code ReactorRuntime} service's properties; only engines that match serve. */
    public static final String TARGET = "reactor.target";

    /** The default of {@link #BACKLOG}. */
    public static final int DEFAULT_BACKLOG = 4096;
    /** The default of {@link #INPUT_MAX_BYTES}. */
    public static final int DEFAULT_INPUT_MAX_BYTES = 1 << 20;
    /** The default of {@link #OUTPUT_HIGH_BYTES}. */
    public static final long DEFAULT_OUTPUT_HIGH_BYTES = 256 << 10;
    /** The default of {@link #OUTPUT_LOW_BYTES}. */
    public static final long DEFAULT_OUTPUT_LOW_BYTES = 64 << 10;
    /** The default of {@link #OUTPUT_MAX_BYTES}. */
    public static final long DEFAULT_OUTPUT_MAX_BYTES = 64 << 20;
    /** The default of {@link #INPUT_ENDED_TIMEOUT_MILLIS}. */
    public static final long DEFAULT_INPUT_ENDED_TIMEOUT_MILLIS = 60_000;
    /** The default of {@link #DRAIN_TIMEOUT_MILLIS}. */
    public static final long DEFAULT_DRAIN_TIMEOUT_MILLIS = 5_000;
    /** The default of {@link #HOLD_TIMEOUT_MILLIS}. */
    public static final long DEFAULT_HOLD_TIMEOUT_MILLIS = 30_000;
    /** The default of {@link #HOLD_CONNECTIONS_MAX}. */
    public static final int DEFAULT_HOLD_CONNECTIONS_MAX = 4096;
    /** The default of {@link #WEIGHT}. */
    public static final int DEFAULT_WEIGHT = 100;
    /** The default of {@link #QUARANTINE_FAILURES}. */
    public static final int DEFAULT_QUARANTINE_FAILURES = 10;
    /** The default of {@link #QUARANTINE_PERCENT}. */
    public static final int DEFAULT_QUARANTINE_PERCENT = 25;
    /** The default of {@link #QUARANTINE_WINDOW_MILLIS}. */
    public static final long DEFAULT_QUARANTINE_WINDOW_MILLIS = 10_000;

    private ReactorConstants() {}
}
