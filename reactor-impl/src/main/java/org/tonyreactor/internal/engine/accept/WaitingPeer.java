package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * A peer that waits, unread, for the next factory of a held address, at one moment. It has no slot yet, and so no id.
 *
 * @param holder whose settings and rank the hold has
 * @param remoteAddress the peer's address; null when the system does not tell it any more
 * @param localAddress this side's address, likewise
 * @param ageMillis since it was accepted
 */
public record WaitingPeer(
        FactoryBinding holder,
        @Nullable SocketAddress remoteAddress,
        @Nullable SocketAddress localAddress,
        long ageMillis) {
    static WaitingPeer of(FactoryBinding holder, Wire wire, long ageMillis) {
        try {
            return new WaitingPeer(holder, wire.remoteAddress(), wire.localAddress(), ageMillis);
        } catch (IOException e) {
            return new WaitingPeer(holder, null, null, ageMillis);
        }
    }
}
