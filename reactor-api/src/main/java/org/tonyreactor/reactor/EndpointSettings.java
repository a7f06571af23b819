package org.tonyreactor.reactor;

import java.util.Objects;
import org.tonyreactor.whiteboard.ReactorConstants;

/**
 * Where and how one address is served. Immutable; made with {@link #builder()}. The names and defaults are those of the
 * service properties in {@link ReactorConstants}.
 */
public final class EndpointSettings {
    /** The most a protocol may be allowed to leave unread, in bytes: the engine keeps it in one buffer. */
    public static final int MAX_INPUT_BYTES = 1 << 30;

    private final String name;
    private final String host;
    private final int port;
    private final int backlog;
    private final int connectionsMax;
    private final long idleTimeoutMillis;
    private final int inputMaxBytes;
    private final long outputHighBytes;
    private final long outputLowBytes;
    private final long outputMaxBytes;
    private final boolean outputPauseReading;
    private final long inputEndedTimeoutMillis;
    private final long drainTimeoutMillis;
    private final long holdTimeoutMillis;
    private final int holdConnectionsMax;
    private final boolean takeover;
    private final int weight;
    private final int quarantineFailures;
    private final int quarantinePercent;
    private final long quarantineWindowMillis;
    private final boolean tcpNoDelay;
    private final boolean tcpKeepAlive;

    private EndpointSettings(Builder builder) {
        name = builder.name;
        host = builder.host;
        port = builder.port;
        backlog = builder.backlog;
        connectionsMax = builder.connectionsMax;
        idleTimeoutMillis = builder.idleTimeoutMillis;
        inputMaxBytes = builder.inputMaxBytes;
        outputHighBytes = builder.outputHighBytes;
        outputLowBytes = builder.outputLowBytes;
        outputMaxBytes = builder.outputMaxBytes;
        outputPauseReading = builder.outputPauseReading;
        inputEndedTimeoutMillis = builder.inputEndedTimeoutMillis;
        drainTimeoutMillis = builder.drainTimeoutMillis;
        holdTimeoutMillis = builder.holdTimeoutMillis;
        holdConnectionsMax = builder.holdConnectionsMax;
        takeover = builder.takeover;
        weight = builder.weight;
        quarantineFailures = builder.quarantineFailures;
        quarantinePercent = builder.quarantinePercent;
        quarantineWindowMillis = builder.quarantineWindowMillis;
        tcpNoDelay = builder.tcpNoDelay;
        tcpKeepAlive = builder.tcpKeepAlive;
    }

    /**
     * Settings with every default.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Default settings for a port of the loopback address.
     *
     * @param port the TCP port; 0 is any free one
     * @return the settings
     * @throws IllegalArgumentException when the port is out of range
     */
    public static EndpointSettings port(int port) {
        return builder().port(port).build();
    }

    /**
     * These settings, to be changed.
     *
     * @return a new builder that starts from here
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.name = name;
        builder.host = host;
        builder.port = port;
        builder.backlog = backlog;
        builder.connectionsMax = connectionsMax;
        builder.idleTimeoutMillis = idleTimeoutMillis;
        builder.inputMaxBytes = inputMaxBytes;
        builder.outputHighBytes = outputHighBytes;
        builder.outputLowBytes = outputLowBytes;
        builder.outputMaxBytes = outputMaxBytes;
        builder.outputPauseReading = outputPauseReading;
        builder.inputEndedTimeoutMillis = inputEndedTimeoutMillis;
        builder.drainTimeoutMillis = drainTimeoutMillis;
        builder.holdTimeoutMillis = holdTimeoutMillis;
        builder.holdConnectionsMax = holdConnectionsMax;
        builder.takeover = takeover;
        builder.weight = weight;
        builder.quarantineFailures = quarantineFailures;
        builder.quarantinePercent = quarantinePercent;
        builder.quarantineWindowMillis = quarantineWindowMillis;
        builder.tcpNoDelay = tcpNoDelay;
        builder.tcpKeepAlive = tcpKeepAlive;
        return builder;
    }

    /** {@return the endpoint's name in logs and snapshots; empty stands for {@code host:port}} */
    public String name() {
        return name;
    }

    /** {@return the address to bind: numeric, a host name, or {@code *} for all interfaces} */
    public String host() {
        return host;
    }

    /** {@return the TCP port, 0 to 65535; 0 is any free one} */
    public int port() {
        return port;
    }

    /** {@return how many connections the kernel may queue before they are accepted} */
    public int backlog() {
        return backlog;
    }

    /** {@return how many connections may be open at once; 0 is no bound} */
    public int connectionsMax() {
        return connectionsMax;
    }

    /** {@return milliseconds without a byte read or written after which a connection is closed; 0 is never} */
    public long idleTimeoutMillis() {
        return idleTimeoutMillis;
    }

    /** {@return bytes a protocol may leave unread before its connection is closed} */
    public int inputMaxBytes() {
        return inputMaxBytes;
    }

    /** {@return the high-water mark: bytes of pending output above which reading stops} */
    public long outputHighBytes() {
        return outputHighBytes;
    }

    /** {@return the low-water mark: bytes of pending output at which reading continues} */
    public long outputLowBytes() {
        return outputLowBytes;
    }

    /** {@return bytes of pending output above which the connection is aborted} */
    public long outputMaxBytes() {
        return outputMaxBytes;
    }

    /** {@return whether reading stops above the high-water mark} */
    public boolean outputPauseReading() {
        return outputPauseReading;
    }

    /**
     * See {@link ReactorConstants#INPUT_ENDED_TIMEOUT_MILLIS}.
     *
     * @return milliseconds; 0 is never
     */
    public long inputEndedTimeoutMillis() {
        return inputEndedTimeoutMillis;
    }

    /** {@return milliseconds that connections have to finish when the factory goes} */
    public long drainTimeoutMillis() {
        return drainTimeoutMillis;
    }

    /** {@return milliseconds that the port is held for the next factory; 0 closes it at once} */
    public long holdTimeoutMillis() {
        return holdTimeoutMillis;
    }

    /** {@return how many peers are accepted, and wait unread, while there is no factory} */
    public int holdConnectionsMax() {
        return holdConnectionsMax;
    }

    /** {@return whether connections of worse-ranked factories of the address are handed over to this one} */
    public boolean takeover() {
        return takeover;
    }

    /** {@return percent of the new connections reaching this factory in the order of rank that it takes} */
    public int weight() {
        return weight;
    }

    /** {@return how many connections must fail within the window before the factory is put in quarantine; 0 is never} */
    public int quarantineFailures() {
        return quarantineFailures;
    }

    /** {@return percent of its connections that must also fail within the window} */
    public int quarantinePercent() {
        return quarantinePercent;
    }

    /** {@return milliseconds over which failures are counted, from the first one on} */
    public long quarantineWindowMillis() {
        return quarantineWindowMillis;
    }

    /** {@return whether small writes are sent at once (TCP_NODELAY)} */
    public boolean tcpNoDelay() {
        return tcpNoDelay;
    }

    /** {@return whether the kernel probes silent peers (SO_KEEPALIVE)} */
    public boolean tcpKeepAlive() {
        return tcpKeepAlive;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EndpointSettings that
                && name.equals(that.name)
                && host.equals(that.host)
                && port == that.port
                && backlog == that.backlog
                && connectionsMax == that.connectionsMax
                && idleTimeoutMillis == that.idleTimeoutMillis
                && inputMaxBytes == that.inputMaxBytes
                && outputHighBytes == that.outputHighBytes
                && outputLowBytes == that.outputLowBytes
                && outputMaxBytes == that.outputMaxBytes
                && outputPauseReading == that.outputPauseReading
                && inputEndedTimeoutMillis == that.inputEndedTimeoutMillis
                && drainTimeoutMillis == that.drainTimeoutMillis
                && holdTimeoutMillis == that.holdTimeoutMillis
                && holdConnectionsMax == that.holdConnectionsMax
                && takeover == that.takeover
                && weight == that.weight
                && quarantineFailures == that.quarantineFailures
                && quarantinePercent == that.quarantinePercent
                && quarantineWindowMillis == that.quarantineWindowMillis
                && tcpNoDelay == that.tcpNoDelay
                && tcpKeepAlive == that.tcpKeepAlive;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                name,
                host,
                port,
                backlog,
                connectionsMax,
                idleTimeoutMillis,
                inputMaxBytes,
                outputHighBytes,
                outputLowBytes,
                outputMaxBytes,
                outputPauseReading,
                inputEndedTimeoutMillis,
                drainTimeoutMillis,
                holdTimeoutMillis,
                holdConnectionsMax,
                takeover,
                weight,
                quarantineFailures,
                quarantinePercent,
                quarantineWindowMillis,
                tcpNoDelay,
                tcpKeepAlive);
    }

    @Override
    public String toString() {
        return "EndpointSettings[" + name + " " + host + ":" + port + "]";
    }

    /** Collects settings. Not thread-safe. Each setter checks its value and throws IllegalArgumentException. */
    public static final class Builder {
        private String name = "";
        private String host = "127.0.0.1";
        private int port = 0;
        private int backlog = ReactorConstants.DEFAULT_BACKLOG;
        private int connectionsMax = 0;
        private long idleTimeoutMillis = 0;
        private int inputMaxBytes = ReactorConstants.DEFAULT_INPUT_MAX_BYTES;
        private long outputHighBytes = ReactorConstants.DEFAULT_OUTPUT_HIGH_BYTES;
        private long outputLowBytes = ReactorConstants.DEFAULT_OUTPUT_LOW_BYTES;
        private long outputMaxBytes = ReactorConstants.DEFAULT_OUTPUT_MAX_BYTES;
        private boolean outputPauseReading = true;
        private long inputEndedTimeoutMillis = ReactorConstants.DEFAULT_INPUT_ENDED_TIMEOUT_MILLIS;
        private long drainTimeoutMillis = ReactorConstants.DEFAULT_DRAIN_TIMEOUT_MILLIS;
        private long holdTimeoutMillis = ReactorConstants.DEFAULT_HOLD_TIMEOUT_MILLIS;
        private int holdConnectionsMax = ReactorConstants.DEFAULT_HOLD_CONNECTIONS_MAX;
        private boolean takeover;
        private int weight = ReactorConstants.DEFAULT_WEIGHT;
        private int quarantineFailures = ReactorConstants.DEFAULT_QUARANTINE_FAILURES;
        private int quarantinePercent = ReactorConstants.DEFAULT_QUARANTINE_PERCENT;
        private long quarantineWindowMillis = ReactorConstants.DEFAULT_QUARANTINE_WINDOW_MILLIS;
        private boolean tcpNoDelay = true;
        private boolean tcpKeepAlive = false;

        private Builder() {}

        /**
         * Names the endpoint in logs and snapshots. Default: empty, which stands for {@code host:port}.
         *
         * @param name any text
         * @return this builder
         */
        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * The address to bind. Default 127.0.0.1.
         *
         * @param host a numeric address, a host name, or {@code *} for all interfaces
         * @return this builder
         */
        public Builder host(String host) {
            this.host = Objects.requireNonNull(host, "host");
            return this;
        }

        /**
         * The TCP port. Default 0.
         *
         * @param port 0 to 65535; 0 is any free one
         * @return this builder
         */
        public Builder port(int port) {
            this.port = (int) inRange("port", port, 0, 65535);
            return this;
        }

        /**
         * The kernel's queue of connections that are not accepted yet. Default 4,096.
         *
         * @param backlog connections, at least 1
         * @return this builder
         */
        public Builder backlog(int backlog) {
            this.backlog = (int) inRange("backlog", backlog, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * The bound on open connections; more are closed on accept. Default 0.
         *
         * @param connectionsMax connections; 0 is no bound
         * @return this builder
         */
        public Builder connectionsMax(int connectionsMax) {
            this.connectionsMax = (int) inRange("connectionsMax", connectionsMax, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * The time without a byte read or written after which a connection is closed. Default 0.
         *
         * @param idleTimeoutMillis milliseconds; 0 is never
         * @return this builder
         */
        public Builder idleTimeoutMillis(long idleTimeoutMillis) {
            this.idleTimeoutMillis = inRange("idleTimeoutMillis", idleTimeoutMillis, 0, Long.MAX_VALUE);
            return this;
        }

        /**
         * The bound on the bytes that a protocol leaves unread; above it the connection is closed. Default 1 MiB.
         *
         * @param inputMaxBytes bytes, 1 to {@link #MAX_INPUT_BYTES}
         * @return this builder
         */
        public Builder inputMaxBytes(int inputMaxBytes) {
            this.inputMaxBytes = (int) inRange("inputMaxBytes", inputMaxBytes, 1, MAX_INPUT_BYTES);
            return this;
        }

        /**
         * The high-water mark of pending output: above it reading stops. Default 256 KiB.
         *
         * @param outputHighBytes bytes, not below the low-water mark
         * @return this builder
         */
        public Builder outputHighBytes(long outputHighBytes) {
            this.outputHighBytes = inRange("outputHighBytes", outputHighBytes, 0, Long.MAX_VALUE);
            return this;
        }

        /**
         * The low-water mark of pending output: at it reading continues. Default 64 KiB.
         *
         * @param outputLowBytes bytes, not above the high-water mark
         * @return this builder
         */
        public Builder outputLowBytes(long outputLowBytes) {
            this.outputLowBytes = inRange("outputLowBytes", outputLowBytes, 0, Long.MAX_VALUE);
            return this;
        }

        /**
         * The bound on pending output; above it the connection is aborted. Default 64 MiB.
         *
         * @param outputMaxBytes bytes, at least 1 and not below the high-water mark
         * @return this builder
         */
        public Builder outputMaxBytes(long outputMaxBytes) {
            this.outputMaxBytes = inRange("outputMaxBytes", outputMaxBytes, 1, Long.MAX_VALUE);
            return this;
        }

        /**
         * Whether reading stops above the high-water mark. Default true.
         *
         * @param outputPauseReading false for a protocol that reads on while its peer takes no output
         * @return this builder
         */
        public Builder outputPauseReading(boolean outputPauseReading) {
            this.outputPauseReading = outputPauseReading;
            return this;
        }

        /**
         * The time after which a connection whose peer has sent FIN is closed, when nothing happens on it. Default 60,000.
         *
         * @param inputEndedTimeoutMillis milliseconds; 0 is never
         * @return this builder
         */
        public Builder inputEndedTimeoutMillis(long inputEndedTimeoutMillis) {
            this.inputEndedTimeoutMillis =
                    inRange("inputEndedTimeoutMillis", inputEndedTimeoutMillis, 0, Long.MAX_VALUE);
            return this;
        }

        /**
         * The time that connections have to finish when the factory goes. Default 5,000.
         *
         * @param drainTimeoutMillis milliseconds; 0 ends them at once
         * @return this builder
         */
        public Builder drainTimeoutMillis(long drainTimeoutMillis) {
            this.drainTimeoutMillis = inRange("drainTimeoutMillis", drainTimeoutMillis, 0, Long.MAX_VALUE);
            return this;
        }

        /**
         * The time that the port, and suspended connections, wait for the next factory. Default 30,000.
         *
         * @param holdTimeoutMillis milliseconds; 0 closes the port at once
         * @return this builder
         */
        public Builder holdTimeoutMillis(long holdTimeoutMillis) {
            this.holdTimeoutMillis = inRange("holdTimeoutMillis", holdTimeoutMillis, 0, Long.MAX_VALUE);
            return this;
        }

        /**
         * The bound on peers accepted while there is no factory; more wait in the backlog. Default 4,096.
         *
         * @param holdConnectionsMax connections
         * @return this builder
         */
        public Builder holdConnectionsMax(int holdConnectionsMax) {
            this.holdConnectionsMax = (int) inRange("holdConnectionsMax", holdConnectionsMax, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Whether connections of worse-ranked factories of the address are handed over to this one. Default false.
         *
         * @param takeover true to hand them over, as far as their protocols are {@code Resumable}
         * @return this builder
         */
        public Builder takeover(boolean takeover) {
            this.takeover = takeover;
            return this;
        }

        /**
         * The share of the new connections reaching this factory, in the order of rank, that it takes. Default 100.
         *
         * @param weight percent, 0 to 100
         * @return this builder
         */
        public Builder weight(int weight) {
            this.weight = (int) inRange("weight", weight, 0, 100);
            return this;
        }

        /**
         * The failed connections within the window that put the factory in quarantine. Default 10.
         *
         * @param quarantineFailures connections; 0 is never
         * @return this builder
         */
        public Builder quarantineFailures(int quarantineFailures) {
            this.quarantineFailures = (int) inRange("quarantineFailures", quarantineFailures, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * The share of its connections that must also fail within the window. Default 25.
         *
         * @param quarantinePercent percent, 0 to 100
         * @return this builder
         */
        public Builder quarantinePercent(int quarantinePercent) {
            this.quarantinePercent = (int) inRange("quarantinePercent", quarantinePercent, 0, 100);
            return this;
        }

        /**
         * The time over which failures are counted, from the first one on. Default 10,000.
         *
         * @param quarantineWindowMillis milliseconds, at least 1
         * @return this builder
         */
        public Builder quarantineWindowMillis(long quarantineWindowMillis) {
            this.quarantineWindowMillis = inRange("quarantineWindowMillis", quarantineWindowMillis, 1, Long.MAX_VALUE);
            return this;
        }

        /**
         * Whether small writes are sent at once (TCP_NODELAY). Default true.
         *
         * @param tcpNoDelay false to let the kernel collect them
         * @return this builder
         */
        public Builder tcpNoDelay(boolean tcpNoDelay) {
            this.tcpNoDelay = tcpNoDelay;
            return this;
        }

        /**
         * Whether the kernel probes silent peers (SO_KEEPALIVE). Default false.
         *
         * @param tcpKeepAlive true to probe
         * @return this builder
         */
        public Builder tcpKeepAlive(boolean tcpKeepAlive) {
            this.tcpKeepAlive = tcpKeepAlive;
            return this;
        }

        /**
         * Checks the settings against each other.
         *
         * @return the settings
         * @throws IllegalArgumentException when the water marks and the bound are out of order
         */
        public EndpointSettings build() {
            if (outputLowBytes > outputHighBytes || outputHighBytes > outputMaxBytes) {
                throw new IllegalArgumentException("outputLowBytes <= outputHighBytes <= outputMaxBytes is needed, got "
                        + outputLowBytes + ", " + outputHighBytes + ", " + outputMaxBytes);
            }
            return new EndpointSettings(this);
        }

        private static long inRange(String name, long value, long least, long most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", got " + value);
            }
            return value;
        }
    }
}
