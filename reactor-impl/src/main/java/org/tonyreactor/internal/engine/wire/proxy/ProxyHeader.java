package org.tonyreactor.internal.engine.wire.proxy;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy says of the connection behind it. Without addresses the connection is the proxy's own, as with a health
 * check (LOCAL), or the proxy does not know (UNKNOWN): then the addresses of the socket hold. Source: the specification
 * of HAProxy, "The PROXY protocol, versions 1 &amp; 2".
 *
 * @param addresses whose connection it is; null if the addresses of the socket hold
 * @param details what the proxy adds in version 2
 */
public record ProxyHeader(@Nullable Addresses addresses, ProxyDetails details) {
    /** The proxy speaks for itself, or does not know for whom. */
    public static final ProxyHeader WITHOUT_ADDRESSES = new ProxyHeader(null, ProxyDetails.NONE);

    /** The client, and the address that it has connected to. */
    public record Addresses(SocketAddress source, SocketAddress destination) {}

    public static ProxyHeader of(SocketAddress source, SocketAddress destination) {
        return new ProxyHeader(new Addresses(source, destination), ProxyDetails.NONE);
    }

    /** The header as bytes. Version 1 does without the details, and so does version 2. */
    public byte[] bytes(ProxyVersions version) {
        return version == ProxyVersions.V1 ? TextHeader.write(this) : BinaryHeader.write(this);
    }
}
