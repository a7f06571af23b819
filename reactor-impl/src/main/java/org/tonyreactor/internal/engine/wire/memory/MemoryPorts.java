package org.tonyreactor.internal.engine.wire.memory;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The listening ports of the only host. Owner: the stepping thread. */
final class MemoryPorts {
    /** The dynamic ports of RFC 6335, 6. */
    private static final int FIRST_EPHEMERAL = 49_152;

    private static final int LAST_EPHEMERAL = 65_535;

    private final List<MemoryServerWire> listening = new ArrayList<>();
    private int nextEphemeral = FIRST_EPHEMERAL;

    /** The address with a real port. Throws as the system does when it cannot be had. */
    InetSocketAddress claim(InetSocketAddress wanted) throws BindException {
        InetAddress host = wanted.getAddress();
        if (host == null || !(host.isLoopbackAddress() || host.isAnyLocalAddress())) {
            throw new BindException("Cannot assign requested address");
        }
        InetSocketAddress address = wanted.getPort() == 0 ? new InetSocketAddress(host, ephemeral()) : wanted;
        if (listening.stream().anyMatch(each -> overlap(each.address(), address))) {
            throw new BindException("Address already in use");
        }
        return address;
    }

    void listens(MemoryServerWire wire) {
        listening.add(wire);
    }

    void free(MemoryServerWire wire) {
        listening.remove(wire);
    }

    /** The wire that listens at an address; null if there is none. */
    @Nullable
    MemoryServerWire at(InetSocketAddress remote) {
        return listening.stream()
                .filter(each -> overlap(each.address(), remote))
                .findFirst()
                .orElse(null);
    }

    /** A port without a listener. */
    int ephemeral() throws BindException {
        for (int tried = FIRST_EPHEMERAL; tried <= LAST_EPHEMERAL; tried++) {
            int port = nextEphemeral;
            nextEphemeral = port == LAST_EPHEMERAL ? FIRST_EPHEMERAL : port + 1;
            if (listening.stream().noneMatch(each -> each.address().getPort() == port)) {
                return port;
            }
        }
        throw new BindException("Cannot assign requested address");
    }

    private static boolean overlap(InetSocketAddress one, InetSocketAddress other) {
        InetAddress host = one.getAddress();
        InetAddress otherHost = other.getAddress();
        return one.getPort() == other.getPort()
                && (host.isAnyLocalAddress() || otherHost.isAnyLocalAddress() || host.equals(otherHost));
    }
}
