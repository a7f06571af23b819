package org.tonyreactor.internal.engine.accept;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.reactor.EndpointSettings.Limits;

/**
 * Decides for one address which peers are let in: how often any of them, and one of them, may connect, and how many
 * connections one may have. One peer is an address of IPv4, or a network of 64 bits of IPv6, since a host of IPv6 has all
 * addresses of its network.
 *
 * <p>Bounds: {@link #MAX_RATES} peers have a rate each; beyond that the one that has been away longest starts anew. A peer's
 * connections are counted while it has some, from the time at which there is a limit.
 *
 * <p>Owner: the acceptor.
 */
public final class Admission {
    /** How many peers have a rate of their own. */
    static final int MAX_RATES = 1 << 14;

    private static final int NETWORK_BYTES = Long.BYTES;
    /** Of the keys of addresses of IPv4; no network of IPv6 that is in use begins so. */
    private static final long V4 = 0xffff_ffffL << Integer.SIZE;

    private final Rate all = new Rate();
    private final Map<Long, Rate> rates = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Rate> eldest) {
            return size() > MAX_RATES;
        }
    };
    private final Map<Long, Place> places = new HashMap<>();

    /** The connections of one peer. */
    final class Place {
        private final Long peer;
        private int connections;

        private Place(Long peer) {
            this.peer = peer;
        }

        /** One connection more. */
        void enter() {
            connections++;
            places.put(peer, this);
        }

        /** One connection less. */
        void leave() {
            connections--;
            if (connections == 0) {
                places.remove(peer);
            }
        }
    }

    /** Whether a peer connects no more often than it may, and all together no more often than they may. */
    boolean takesNow(SocketAddress peer, Limits limits, long nowNanos) {
        int perPeer = limits.acceptsPerSecondPerPeer();
        if (perPeer != 0
                && !rates.computeIfAbsent(keyOf(peer), key -> new Rate()).take(perPeer, nowNanos)) {
            return false;
        }
        int perSecond = limits.acceptsPerSecond();
        return perSecond == 0 || all.take(perSecond, nowNanos);
    }

    /** The place for another connection of a peer; null if the peer has as many as it may. */
    @Nullable
    Place placeFor(SocketAddress peer, int most) {
        Long key = keyOf(peer);
        Place place = places.get(key);
        if (place == null) {
            return new Place(key);
        }
        return place.connections < most ? place : null;
    }

    /** How many peers are counted. */
    int peers() {
        return places.size();
    }

    int rates() {
        return rates.size();
    }

    private static long keyOf(SocketAddress peer) {
        if (!(peer instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return 0; // Of a socket that has no address of its peer: they are all one.
        }
        ByteBuffer address = ByteBuffer.wrap(inet.getAddress().getAddress());
        return inet.getAddress() instanceof Inet6Address
                ? address.slice(0, NETWORK_BYTES).getLong()
                : V4 | Integer.toUnsignedLong(address.getInt());
    }
}
