package org.tonyreactor.internal.engine.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * An address that can be listened on, however it is spelled: equal when it is the same for the system. All addresses of this machine are
 * one host, be they written as {@code *}, {@code 0.0.0.0} or {@code ::}, since the wildcard serves both families.
 *
 * @param host the address of the host
 * @param scopeId which link the address is of, where it is local to a link (RFC 4007); else 0
 * @param port the port; 0 is any free one
 */
public record ListenAddress(InetAddress host, int scopeId, int port) {
    private static final InetAddress ALL = new InetSocketAddress(0).getAddress();

    public static ListenAddress of(InetAddress host, int port) {
        if (host.isAnyLocalAddress()) {
            return new ListenAddress(ALL, 0, port);
        }
        return new ListenAddress(host, host instanceof Inet6Address scoped ? scoped.getScopeId() : 0, port);
    }

    /** The same host at another port. */
    public ListenAddress withPort(int other) {
        return other == port ? this : new ListenAddress(host, scopeId, other);
    }

    public boolean isSameHost(ListenAddress other) {
        return host.equals(other.host) && scopeId == other.scopeId;
    }

    /** Whether only one of both can be listened on at a time. */
    public boolean overlaps(ListenAddress other) {
        return port == other.port
                && port != 0
                && (host.isAnyLocalAddress() || other.host.isAnyLocalAddress() || isSameHost(other));
    }

    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(host, port);
    }
}
