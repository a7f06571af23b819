package org.tonyreactor.reactor;

import java.util.Map;
import org.tonyreactor.reactor.EndpointProperty.Group;

/**
 * Where and how one address is served. The settings have parts. Each part has defaults to start from, and a method
 * {@code withX} for each value, which throws an {@link IllegalArgumentException} if the value is out of bounds. The
 * values are those of the service properties in {@link EndpointProperty}. Immutable; any thread.
 *
 * <pre>{@code
 * EndpointSettings.port(7007).withHold(Hold.DEFAULTS.withTimeoutMillis(0))
 * }</pre>
 */
public final class EndpointSettings extends PropertyValues {
    /** The greatest bound for unread input, in bytes: the engine keeps unread input in one buffer. */
    public static final int MAX_INPUT_BYTES = 1 << 30;

    /** Every default: any free port of the loopback address. */
    public static final EndpointSettings DEFAULTS = new EndpointSettings(Map.of());

    private final Address address;
    private final Limits limits;
    private final Output output;
    private final Hold hold;
    private final Quarantine quarantine;
    private final Share share;
    private final Tcp tcp;

    private EndpointSettings(Map<EndpointProperty, ?> values) {
        super(values, null);
        address = new Address(values);
        limits = new Limits(values);
        output = new Output(values);
        hold = new Hold(values);
        quarantine = new Quarantine(values);
        share = new Share(values);
        tcp = new Tcp(values);
        output.checkOrder();
    }

    /**
     * Default settings for a port of the loopback address.
     *
     * @param port the TCP port; 0 is any free one
     * @return the settings
     * @throws IllegalArgumentException if the port is out of range
     */
    public static EndpointSettings port(int port) {
        return DEFAULTS.withAddress(Address.DEFAULTS.withPort(port));
    }

    /**
     * Changes the values of some properties and checks all values together.
     *
     * @param values the new values by property, each of the property's type
     * @return these settings with the new values
     * @throws IllegalArgumentException if a value is out of bounds, or if values do not go together
     */
    public EndpointSettings withValues(Map<EndpointProperty, ?> values) {
        return new EndpointSettings(with(values));
    }

    /**
     * The value of a property. Code that serves connections reads the value from its part instead.
     *
     * @param property any property
     * @return the value, of the property's type
     */
    public Object value(EndpointProperty property) {
        return get(property);
    }

    /** {@return the part Address} */
    public Address address() {
        return address;
    }

    /** {@return these settings with another part} */
    public EndpointSettings withAddress(Address part) {
        return new EndpointSettings(with(part));
    }

    /** {@return the part Limits} */
    public Limits limits() {
        return limits;
    }

    /** {@return these settings with another part} */
    public EndpointSettings withLimits(Limits part) {
        return new EndpointSettings(with(part));
    }

    /** {@return the part Output} */
    public Output output() {
        return output;
    }

    /** {@return these settings with another part} */
    public EndpointSettings withOutput(Output part) {
        return new EndpointSettings(with(part));
    }

    /** {@return the part Hold} */
    public Hold hold() {
        return hold;
    }

    /** {@return these settings with another part} */
    public EndpointSettings withHold(Hold part) {
        return new EndpointSettings(with(part));
    }

    /** {@return the part Quarantine} */
    public Quarantine quarantine() {
        return quarantine;
    }

    /** {@return these settings with another part} */
    public EndpointSettings withQuarantine(Quarantine part) {
        return new EndpointSettings(with(part));
    }

    /** {@return the part Share} */
    public Share share() {
        return share;
    }

    /** {@return these settings with another part} */
    public EndpointSettings withShare(Share part) {
        return new EndpointSettings(with(part));
    }

    /** {@return the part Tcp} */
    public Tcp tcp() {
        return tcp;
    }

    /** {@return these settings with another part} */
    public EndpointSettings withTcp(Tcp part) {
        return new EndpointSettings(with(part));
    }

    /** The address that is served, and the endpoint's name. */
    public static final class Address extends PropertyValues {
        /** Every default. */
        public static final Address DEFAULTS = new Address(Map.of());

        private final String name = text(EndpointProperties.NAME);
        private final String host = text(EndpointProperties.HOST);
        private final int port = integer(EndpointProperties.PORT);

        private Address(Map<EndpointProperty, ?> values) {
            super(values, Group.ADDRESS);
        }

        /** {@return the endpoint's name in logs and snapshots; empty stands for {@code host:port}} */
        public String name() {
            return name;
        }

        /** {@return the same with another name} */
        public Address withName(String value) {
            return new Address(with(EndpointProperties.NAME, value));
        }

        /** {@return the address to bind: numeric, a host name, or {@code *} for all interfaces} */
        public String host() {
            return host;
        }

        /** {@return the same with another host} */
        public Address withHost(String value) {
            return new Address(with(EndpointProperties.HOST, value));
        }

        /** {@return the TCP port, 0 to 65535; 0 is any free one} */
        public int port() {
            return port;
        }

        /** {@return the same with another port} */
        public Address withPort(int value) {
            return new Address(with(EndpointProperties.PORT, value));
        }
    }

    /** Limits for each connection, and for their number. */
    public static final class Limits extends PropertyValues {
        /** Every default. */
        public static final Limits DEFAULTS = new Limits(Map.of());

        private final int backlog = integer(EndpointProperties.BACKLOG);
        private final int connectionsMax = integer(EndpointProperties.CONNECTIONS_MAX);
        private final int connectionsMaxPerPeer = integer(EndpointProperties.CONNECTIONS_MAX_PER_PEER);
        private final int acceptsPerSecond = integer(EndpointProperties.ACCEPTS_PER_SECOND);
        private final int acceptsPerSecondPerPeer = integer(EndpointProperties.ACCEPTS_PER_SECOND_PER_PEER);
        private final long firstByteTimeoutMillis = number(EndpointProperties.FIRST_BYTE_TIMEOUT_MILLIS);
        private final long idleTimeoutMillis = number(EndpointProperties.IDLE_TIMEOUT_MILLIS);
        private final int inputMaxBytes = integer(EndpointProperties.INPUT_MAX_BYTES);
        private final long inputEndedTimeoutMillis = number(EndpointProperties.INPUT_ENDED_TIMEOUT_MILLIS);
        private final long drainTimeoutMillis = number(EndpointProperties.DRAIN_TIMEOUT_MILLIS);

        private Limits(Map<EndpointProperty, ?> values) {
            super(values, Group.LIMITS);
        }

        /** {@return how many connections the kernel may queue before they are accepted} */
        public int backlog() {
            return backlog;
        }

        /** {@return the same with another backlog} */
        public Limits withBacklog(int value) {
            return new Limits(with(EndpointProperties.BACKLOG, value));
        }

        /** {@return how many connections may be open at once; 0 is no bound} */
        public int connectionsMax() {
            return connectionsMax;
        }

        /** {@return the same with another connectionsMax} */
        public Limits withConnectionsMax(int value) {
            return new Limits(with(EndpointProperties.CONNECTIONS_MAX, value));
        }

        /** {@return how many connections one peer may have to the address; 0 is no bound} */
        public int connectionsMaxPerPeer() {
            return connectionsMaxPerPeer;
        }

        /** {@return the same with another connectionsMaxPerPeer} */
        public Limits withConnectionsMaxPerPeer(int value) {
            return new Limits(with(EndpointProperties.CONNECTIONS_MAX_PER_PEER, value));
        }

        /** {@return how many peers are let in per second; 0 is no bound} */
        public int acceptsPerSecond() {
            return acceptsPerSecond;
        }

        /** {@return the same with another acceptsPerSecond} */
        public Limits withAcceptsPerSecond(int value) {
            return new Limits(with(EndpointProperties.ACCEPTS_PER_SECOND, value));
        }

        /** {@return how many times per second one peer is let in; 0 is no bound} */
        public int acceptsPerSecondPerPeer() {
            return acceptsPerSecondPerPeer;
        }

        /** {@return the same with another acceptsPerSecondPerPeer} */
        public Limits withAcceptsPerSecondPerPeer(int value) {
            return new Limits(with(EndpointProperties.ACCEPTS_PER_SECOND_PER_PEER, value));
        }

        /** {@return milliseconds that a peer may take to send its first byte; 0 is for ever} */
        public long firstByteTimeoutMillis() {
            return firstByteTimeoutMillis;
        }

        /** {@return the same with another firstByteTimeoutMillis} */
        public Limits withFirstByteTimeoutMillis(long value) {
            return new Limits(with(EndpointProperties.FIRST_BYTE_TIMEOUT_MILLIS, value));
        }

        /** {@return milliseconds without a byte read or written after which a connection is closed; 0 is never} */
        public long idleTimeoutMillis() {
            return idleTimeoutMillis;
        }

        /** {@return the same with another idleTimeoutMillis} */
        public Limits withIdleTimeoutMillis(long value) {
            return new Limits(with(EndpointProperties.IDLE_TIMEOUT_MILLIS, value));
        }

        /** {@return bytes that a protocol may leave unread before its connection is closed} */
        public int inputMaxBytes() {
            return inputMaxBytes;
        }

        /** {@return the same with another inputMaxBytes} */
        public Limits withInputMaxBytes(int value) {
            return new Limits(with(EndpointProperties.INPUT_MAX_BYTES, value));
        }

        /** {@return milliseconds that a connection may be idle after the peer's FIN before it is closed; 0 is never} */
        public long inputEndedTimeoutMillis() {
            return inputEndedTimeoutMillis;
        }

        /** {@return the same with another inputEndedTimeoutMillis} */
        public Limits withInputEndedTimeoutMillis(long value) {
            return new Limits(with(EndpointProperties.INPUT_ENDED_TIMEOUT_MILLIS, value));
        }

        /** {@return milliseconds that connections have to finish when the factory goes; 0 ends them at once} */
        public long drainTimeoutMillis() {
            return drainTimeoutMillis;
        }

        /** {@return the same with another drainTimeoutMillis} */
        public Limits withDrainTimeoutMillis(long value) {
            return new Limits(with(EndpointProperties.DRAIN_TIMEOUT_MILLIS, value));
        }
    }

    /**
     * Limits for the pending output of a connection. {@code withOutput} requires low mark, high mark and bound in
     * order.
     */
    public static final class Output extends PropertyValues {
        /** Every default. */
        public static final Output DEFAULTS = new Output(Map.of());

        private final long highBytes = number(EndpointProperties.OUTPUT_HIGH_BYTES);
        private final long lowBytes = number(EndpointProperties.OUTPUT_LOW_BYTES);
        private final long maxBytes = number(EndpointProperties.OUTPUT_MAX_BYTES);
        private final boolean pauseReading = flag(EndpointProperties.OUTPUT_PAUSE_READING);

        private Output(Map<EndpointProperty, ?> values) {
            super(values, Group.OUTPUT);
        }

        /** {@return the high-water mark: bytes of pending output above which reading stops} */
        public long highBytes() {
            return highBytes;
        }

        /** {@return the same with another highBytes} */
        public Output withHighBytes(long value) {
            return new Output(with(EndpointProperties.OUTPUT_HIGH_BYTES, value));
        }

        /** {@return the low-water mark: bytes of pending output at which reading continues} */
        public long lowBytes() {
            return lowBytes;
        }

        /** {@return the same with another lowBytes} */
        public Output withLowBytes(long value) {
            return new Output(with(EndpointProperties.OUTPUT_LOW_BYTES, value));
        }

        /** {@return bytes of pending output above which the connection is aborted} */
        public long maxBytes() {
            return maxBytes;
        }

        /** {@return the same with another maxBytes} */
        public Output withMaxBytes(long value) {
            return new Output(with(EndpointProperties.OUTPUT_MAX_BYTES, value));
        }

        /** {@return whether reading stops above the high-water mark} */
        public boolean pauseReading() {
            return pauseReading;
        }

        /** {@return the same with another pauseReading} */
        public Output withPauseReading(boolean value) {
            return new Output(with(EndpointProperties.OUTPUT_PAUSE_READING, value));
        }

        private void checkOrder() {
            if (lowBytes > highBytes || highBytes > maxBytes) {
                throw new IllegalArgumentException(EndpointProperties.OUTPUT_LOW_BYTES + " = " + lowBytes + ", "
                        + EndpointProperties.OUTPUT_HIGH_BYTES + " = " + highBytes + ", "
                        + EndpointProperties.OUTPUT_MAX_BYTES + " = " + maxBytes
                        + " are out of order: set them so that low <= high <= max");
            }
        }
    }

    /** How the address is held for the next factory when the last one has gone. */
    public static final class Hold extends PropertyValues {
        /** Every default. */
        public static final Hold DEFAULTS = new Hold(Map.of());

        private final long timeoutMillis = number(EndpointProperties.HOLD_TIMEOUT_MILLIS);
        private final int connectionsMax = integer(EndpointProperties.HOLD_CONNECTIONS_MAX);

        private Hold(Map<EndpointProperty, ?> values) {
            super(values, Group.HOLD);
        }

        /** {@return milliseconds that the port, and suspended connections, wait; 0 closes the port at once} */
        public long timeoutMillis() {
            return timeoutMillis;
        }

        /** {@return the same with another timeoutMillis} */
        public Hold withTimeoutMillis(long value) {
            return new Hold(with(EndpointProperties.HOLD_TIMEOUT_MILLIS, value));
        }

        /** {@return how many peers are accepted and wait unread while the port is held} */
        public int connectionsMax() {
            return connectionsMax;
        }

        /** {@return the same with another connectionsMax} */
        public Hold withConnectionsMax(int value) {
            return new Hold(with(EndpointProperties.HOLD_CONNECTIONS_MAX, value));
        }
    }

    /** When a factory whose connections fail is replaced by the next in rank. */
    public static final class Quarantine extends PropertyValues {
        /** Every default. */
        public static final Quarantine DEFAULTS = new Quarantine(Map.of());

        private final int failures = integer(EndpointProperties.QUARANTINE_FAILURES);
        private final int percent = integer(EndpointProperties.QUARANTINE_PERCENT);
        private final long windowMillis = number(EndpointProperties.QUARANTINE_WINDOW_MILLIS);

        private Quarantine(Map<EndpointProperty, ?> values) {
            super(values, Group.QUARANTINE);
        }

        /** {@return how many connections must fail within the window; 0 is never} */
        public int failures() {
            return failures;
        }

        /** {@return the same with another failures} */
        public Quarantine withFailures(int value) {
            return new Quarantine(with(EndpointProperties.QUARANTINE_FAILURES, value));
        }

        /** {@return the percentage of its connections that must also fail within the window} */
        public int percent() {
            return percent;
        }

        /** {@return the same with another percent} */
        public Quarantine withPercent(int value) {
            return new Quarantine(with(EndpointProperties.QUARANTINE_PERCENT, value));
        }

        /** {@return milliseconds over which failures are counted, from the first one on} */
        public long windowMillis() {
            return windowMillis;
        }

        /** {@return the same with another windowMillis} */
        public Quarantine withWindowMillis(long value) {
            return new Quarantine(with(EndpointProperties.QUARANTINE_WINDOW_MILLIS, value));
        }
    }

    /** Which connections a factory gets if several factories serve its address. */
    public static final class Share extends PropertyValues {
        /** Every default. */
        public static final Share DEFAULTS = new Share(Map.of());

        private final boolean takeover = flag(EndpointProperties.TAKEOVER);
        private final int weight = integer(EndpointProperties.WEIGHT);

        private Share(Map<EndpointProperty, ?> values) {
            super(values, Group.SHARE);
        }

        /**
         * {@return whether this factory, as the primary with weight 100, gets the connections of all others of the
         * address}
         */
        public boolean takeover() {
            return takeover;
        }

        /** {@return the same with another takeover} */
        public Share withTakeover(boolean value) {
            return new Share(with(EndpointProperties.TAKEOVER, value));
        }

        /** {@return the percentage that this factory takes of the new connections that reach it in the order of rank} */
        public int weight() {
            return weight;
        }

        /** {@return the same with another weight} */
        public Share withWeight(int value) {
            return new Share(with(EndpointProperties.WEIGHT, value));
        }
    }

    /** Options of the sockets. */
    public static final class Tcp extends PropertyValues {
        /** Every default. */
        public static final Tcp DEFAULTS = new Tcp(Map.of());

        private final boolean nodelay = flag(EndpointProperties.TCP_NODELAY);
        private final boolean keepalive = flag(EndpointProperties.TCP_KEEPALIVE);

        private Tcp(Map<EndpointProperty, ?> values) {
            super(values, Group.TCP);
        }

        /** {@return whether small writes are sent at once (TCP_NODELAY)} */
        public boolean nodelay() {
            return nodelay;
        }

        /** {@return the same with another nodelay} */
        public Tcp withNodelay(boolean value) {
            return new Tcp(with(EndpointProperties.TCP_NODELAY, value));
        }

        /** {@return whether the kernel probes silent peers (SO_KEEPALIVE)} */
        public boolean keepalive() {
            return keepalive;
        }

        /** {@return the same with another keepalive} */
        public Tcp withKeepalive(boolean value) {
            return new Tcp(with(EndpointProperties.TCP_KEEPALIVE, value));
        }
    }
}
