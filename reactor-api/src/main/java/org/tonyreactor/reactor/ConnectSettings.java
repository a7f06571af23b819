package org.tonyreactor.reactor;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.reactor.EndpointSettings.Output;
import org.tonyreactor.reactor.EndpointSettings.Tcp;

/**
 * How a connection to a server is made and kept. Start from {@link #DEFAULTS}. Each value has a method {@code withX},
 * which throws an {@link IllegalArgumentException} if the value is out of bounds. Settings that an endpoint has, too,
 * have the same meaning and the same default as in {@link EndpointSettings}. Immutable; any thread.
 *
 * <pre>{@code
 * ConnectSettings.DEFAULTS.withTimeoutMillis(2_000).withTcp(Tcp.DEFAULTS.withKeepalive(true))
 * }</pre>
 */
public final class ConnectSettings {
    /** Every default. */
    public static final ConnectSettings DEFAULTS =
            new ConnectSettings(30_000, null, "client", EndpointSettings.DEFAULTS);

    private final long timeoutMillis;
    private final @Nullable SocketAddress localAddress;
    private final String name;
    /** The settings that an endpoint has, too; all its other values are defaults. */
    private final EndpointSettings shared;

    private ConnectSettings(
            long timeoutMillis, @Nullable SocketAddress localAddress, String name, EndpointSettings shared) {
        this.timeoutMillis = timeoutMillis;
        this.localAddress = localAddress;
        this.name = name;
        this.shared = shared;
    }

    private ConnectSettings withShared(EndpointSettings changed) {
        return new ConnectSettings(timeoutMillis, localAddress, name, changed);
    }

    private ConnectSettings withLimits(Limits changed) {
        return withShared(shared.withLimits(changed));
    }

    /**
     * {@return milliseconds until the attempt fails, including the look-up of the name and all addresses; at least 1, by
     * default 30,000}
     */
    public long timeoutMillis() {
        return timeoutMillis;
    }

    /** {@return the same with another timeoutMillis} */
    public ConnectSettings withTimeoutMillis(long value) {
        if (value < 1) {
            throw new IllegalArgumentException("timeoutMillis = " + value + " is out of range: set it to 1 or more");
        }
        return new ConnectSettings(value, localAddress, name, shared);
    }

    /** {@return the address of this side, with port 0 for any free one; null, the default, leaves it to the system} */
    public @Nullable SocketAddress localAddress() {
        return localAddress;
    }

    /** {@return the same with another localAddress, which must be resolved} */
    public ConnectSettings withLocalAddress(@Nullable SocketAddress value) {
        if (value instanceof InetSocketAddress address && address.isUnresolved()) {
            throw new IllegalArgumentException("localAddress = " + value + " is not resolved: set a numeric address");
        }
        return new ConnectSettings(timeoutMillis, value, name, shared);
    }

    /** {@return the name of the connection's endpoint in logs, lists and {@code Transport.endpointName}} */
    public String name() {
        return name;
    }

    /** {@return the same with another name, which must not be empty} */
    public ConnectSettings withName(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("name is empty: set a text");
        }
        return new ConnectSettings(timeoutMillis, localAddress, value, shared);
    }

    /**
     * {@return milliseconds without a byte read or written after which the connection is closed; 0, the default, is
     * never}
     */
    public long idleTimeoutMillis() {
        return shared.limits().idleTimeoutMillis();
    }

    /** {@return the same with another idleTimeoutMillis} */
    public ConnectSettings withIdleTimeoutMillis(long value) {
        return withLimits(shared.limits().withIdleTimeoutMillis(value));
    }

    /** {@return bytes that the protocol may leave unread before the connection is closed} */
    public int inputMaxBytes() {
        return shared.limits().inputMaxBytes();
    }

    /** {@return the same with another inputMaxBytes} */
    public ConnectSettings withInputMaxBytes(int value) {
        return withLimits(shared.limits().withInputMaxBytes(value));
    }

    /** {@return milliseconds that the connection may be idle after the server's FIN before it is closed; 0 is never} */
    public long inputEndedTimeoutMillis() {
        return shared.limits().inputEndedTimeoutMillis();
    }

    /** {@return the same with another inputEndedTimeoutMillis} */
    public ConnectSettings withInputEndedTimeoutMillis(long value) {
        return withLimits(shared.limits().withInputEndedTimeoutMillis(value));
    }

    /** {@return the part Output: water marks and bound of pending output} */
    public Output output() {
        return shared.output();
    }

    /** {@return these settings with another part, whose low mark, high mark and bound must be in order} */
    public ConnectSettings withOutput(Output part) {
        return withShared(shared.withOutput(part));
    }

    /** {@return the part Tcp: options of the socket} */
    public Tcp tcp() {
        return shared.tcp();
    }

    /** {@return these settings with another part} */
    public ConnectSettings withTcp(Tcp part) {
        return withShared(shared.withTcp(part));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectSettings that
                && timeoutMillis == that.timeoutMillis
                && Objects.equals(localAddress, that.localAddress)
                && name.equals(that.name)
                && shared.equals(that.shared);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timeoutMillis, localAddress, name, shared);
    }

    @Override
    public String toString() {
        return "ConnectSettings[timeoutMillis=" + timeoutMillis + ", localAddress=" + localAddress + ", name=" + name
                + ", " + shared + "]";
    }
}
