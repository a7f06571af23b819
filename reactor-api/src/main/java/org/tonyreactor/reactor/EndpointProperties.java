package org.tonyreactor.reactor;

import java.util.ArrayList;
import java.util.List;
import org.tonyreactor.reactor.EndpointProperty.Group;
import org.tonyreactor.reactor.EndpointProperty.Kind;

/**
 * The only place that declares the properties of an endpoint. A new property needs its line here, a member of the
 * annotation that belongs to its group, and its accessors in {@link EndpointSettings}; a test names a missing line.
 */
final class EndpointProperties {
    private static final List<EndpointProperty> DECLARED = new ArrayList<>();

    private static final Kind TEXT = Kind.text();
    private static final Kind FLAG = Kind.text();
    private static final Kind MILLIS = Kind.number("milliseconds", 0, Long.MAX_VALUE);
    private static final Kind BYTES = Kind.number("bytes", 0, Long.MAX_VALUE);
    private static final Kind CONNECTIONS = Kind.number("connections", 0, Integer.MAX_VALUE);
    private static final Kind RATE = Kind.number("connections per second", 0, 1_000_000);
    private static final Kind PERCENT = Kind.number("percent", 0, 100);

    static final EndpointProperty PORT = declare(
            Group.ADDRESS,
            "reactor.port",
            0,
            Kind.number("TCP port", 0, 65_535).many().required(),
            "Where to listen; 0 is any free port.");

    static final EndpointProperty HOST = declare(
            Group.ADDRESS,
            "reactor.host",
            "127.0.0.1",
            TEXT.many(),
            "The address to bind: numeric, a host name, or * for all interfaces.");

    static final EndpointProperty NAME = declare(
            Group.ADDRESS,
            "reactor.name",
            "",
            TEXT,
            "The name in logs and snapshots; the component's name if none is given.");

    static final EndpointProperty TARGET = declare(
            Group.SERVICE,
            "reactor.target",
            "",
            TEXT,
            "An LDAP filter over the properties of ReactorRuntime, which selects the engine; none selects any engine.");

    static final EndpointProperty BACKLOG = declare(
            Group.LIMITS,
            "reactor.backlog",
            4096,
            Kind.number("connections", 1, Integer.MAX_VALUE),
            "How many connections the kernel may queue before they are accepted; a change waits for the next bind.");

    static final EndpointProperty CONNECTIONS_MAX = declare(
            Group.LIMITS,
            "reactor.connections.max",
            0,
            CONNECTIONS,
            "How many connections may be open at once; others are closed on accept; 0 is no bound.");

    static final EndpointProperty CONNECTIONS_MAX_PER_PEER = declare(
            Group.LIMITS,
            "reactor.connections.max.per.peer",
            0,
            CONNECTIONS,
            "How many connections one peer (an IPv4 address, or a /64 of IPv6) may have to the address; 0 is no bound.");

    static final EndpointProperty ACCEPTS_PER_SECOND = declare(
            Group.LIMITS,
            "reactor.accepts.per.second",
            0,
            RATE,
            "How many peers are let in per second, and at once after a second of rest; others are refused; 0 is no bound.");

    static final EndpointProperty ACCEPTS_PER_SECOND_PER_PEER = declare(
            Group.LIMITS,
            "reactor.accepts.per.second.per.peer",
            0,
            RATE,
            "The same for each peer (an IPv4 address, or a /64 of IPv6); 0 is no bound.");

    static final EndpointProperty FIRST_BYTE_TIMEOUT_MILLIS = declare(
            Group.LIMITS,
            "reactor.first.byte.timeout.millis",
            0L,
            MILLIS,
            "How long a peer may take to send its first byte before its connection is closed; 0 is for ever.");

    static final EndpointProperty IDLE_TIMEOUT_MILLIS = declare(
            Group.LIMITS,
            "reactor.idle.timeout.millis",
            0L,
            MILLIS,
            "How long a connection may be idle (no byte read or written) before it is closed; 0 is for ever.");

    static final EndpointProperty INPUT_MAX_BYTES = declare(
            Group.LIMITS,
            "reactor.input.max.bytes",
            1 << 20,
            Kind.number("bytes", 1, EndpointSettings.MAX_INPUT_BYTES),
            "How much a protocol may leave unread; above it the connection is closed.");

    static final EndpointProperty INPUT_ENDED_TIMEOUT_MILLIS = declare(
            Group.LIMITS,
            "reactor.input.ended.timeout.millis",
            60_000L,
            MILLIS,
            "How long a connection may be idle after the peer has sent its last byte before it is closed; 0 is for ever.");

    static final EndpointProperty DRAIN_TIMEOUT_MILLIS = declare(
            Group.LIMITS,
            "reactor.drain.timeout.millis",
            5_000L,
            MILLIS,
            "How long connections have to finish when their factory goes; 0 ends them at once.");

    static final EndpointProperty OUTPUT_HIGH_BYTES = declare(
            Group.OUTPUT,
            "reactor.output.high.bytes",
            256L << 10,
            BYTES,
            "The high-water mark: pending output above which the engine stops reading.");

    static final EndpointProperty OUTPUT_LOW_BYTES = declare(
            Group.OUTPUT,
            "reactor.output.low.bytes",
            64L << 10,
            BYTES,
            "The low-water mark: pending output at which the engine reads again and calls outputReady.");

    static final EndpointProperty OUTPUT_MAX_BYTES = declare(
            Group.OUTPUT,
            "reactor.output.max.bytes",
            64L << 20,
            Kind.number("bytes", 1, Long.MAX_VALUE),
            "Pending output above which the connection is aborted.");

    static final EndpointProperty OUTPUT_PAUSE_READING = declare(
            Group.OUTPUT,
            "reactor.output.pause.reading",
            true,
            FLAG,
            "Whether the engine stops reading above the high-water mark.");

    static final EndpointProperty HOLD_TIMEOUT_MILLIS = declare(
            Group.HOLD,
            "reactor.hold.timeout.millis",
            30_000L,
            MILLIS,
            "How long the port, and suspended connections, wait for the next factory; 0 closes the port at once.");

    static final EndpointProperty HOLD_CONNECTIONS_MAX = declare(
            Group.HOLD,
            "reactor.hold.connections.max",
            4096,
            CONNECTIONS,
            "How many peers are accepted and wait unread while the port is held; others wait in the backlog.");

    static final EndpointProperty TAKEOVER = declare(
            Group.SHARE,
            "reactor.takeover",
            false,
            FLAG,
            "Whether this factory gets the Resumable connections of all others when it becomes the primary with weight 100.");

    static final EndpointProperty WEIGHT = declare(
            Group.SHARE,
            "reactor.weight",
            100,
            PERCENT,
            "How many of the new connections that reach this factory it takes; the others go to the next in rank.");

    static final EndpointProperty QUARANTINE_FAILURES = declare(
            Group.QUARANTINE,
            "reactor.quarantine.failures",
            10,
            CONNECTIONS,
            "How many connections must fail within the window before the next in rank takes over; 0 is never.");

    static final EndpointProperty QUARANTINE_PERCENT = declare(
            Group.QUARANTINE,
            "reactor.quarantine.percent",
            25,
            PERCENT,
            "What share of all its connections must also fail within the window.");

    static final EndpointProperty QUARANTINE_WINDOW_MILLIS = declare(
            Group.QUARANTINE,
            "reactor.quarantine.window.millis",
            10_000L,
            Kind.number("milliseconds", 1, Long.MAX_VALUE),
            "How long failures are counted, from the first one on.");

    static final EndpointProperty TCP_NODELAY =
            declare(Group.TCP, "reactor.tcp.nodelay", true, FLAG, "TCP_NODELAY: small writes are sent at once.");

    static final EndpointProperty TCP_KEEPALIVE =
            declare(Group.TCP, "reactor.tcp.keepalive", false, FLAG, "SO_KEEPALIVE: the kernel probes silent peers.");

    /** In the order of this file. */
    static final List<EndpointProperty> ALL = List.copyOf(DECLARED);

    private EndpointProperties() {}

    private static EndpointProperty declare(Group group, String name, Object byDefault, Kind kind, String sentence) {
        EndpointProperty property = new EndpointProperty(group, name, byDefault, kind, sentence);
        DECLARED.add(property);
        return property;
    }
}
