package org.tonyreactor.internal.engine.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/** Writes addresses as people write them, and as {@code EndpointRef} reads them. Any thread. */
public final class AddressText {
    /** The first groups of zeros in the text of the JDK, which has all eight groups. */
    private static final String ZEROS = "(^|:)0(:0)+(:|$)";

    private AddressText() {}

    /** A host, by its name or its number, and a port: {@code 127.0.0.1:7007}, {@code [::1]:7007}. */
    public static String of(String host, int port) {
        boolean needsBrackets = host.contains(":") && !host.startsWith("[");
        return (needsBrackets ? "[" + host + "]" : host) + ":" + port;
    }

    /** An address of a socket; the number of the host where it is known, else its name. A socket may have none. */
    public static String of(@Nullable SocketAddress address) {
        if (address == null) {
            return "nowhere";
        }
        if (address instanceof InetSocketAddress inet) {
            InetAddress host = inet.getAddress();
            return of(host == null ? inet.getHostString() : number(host), inet.getPort());
        }
        return address instanceof UnixDomainSocketAddress file ? "unix:" + file.getPath() : address.toString();
    }

    private static String number(InetAddress host) {
        String number = host.getHostAddress();
        return host instanceof Inet6Address ? number.replaceFirst(ZEROS, "::") : number;
    }
}
