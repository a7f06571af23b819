package org.tonyreactor.internal.engine.connection;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.transport.Peer;

/**
 * How one connection stood when its worker was asked.
 *
 * @param id its number
 * @param binding what it came through, or was handed over to
 * @param phase how far it is
 * @param peer who is at the other end; null while connecting
 * @param thread the name of its worker's thread
 * @param ageMillis since the worker has it
 * @param idleMillis since a byte was read or written
 * @param bytesIn bytes read
 * @param bytesOut bytes written to the socket
 * @param pendingBytes bytes that the socket has not taken yet
 * @param unreadBytes bytes that the protocol has left unread
 * @param readingPaused whether the protocol has paused reading
 * @param handOvers how often it was handed over
 */
public record ConnectionView(
        long id,
        FactoryBinding binding,
        Phase phase,
        @Nullable Peer peer,
        String thread,
        long ageMillis,
        long idleMillis,
        long bytesIn,
        long bytesOut,
        long pendingBytes,
        long unreadBytes,
        boolean readingPaused,
        int handOvers) {
    /** On the worker. */
    static ConnectionView of(Connection of) {
        return new ConnectionView(
                of.id(),
                of.binding(),
                of.phase(),
                of.peerNow(),
                of.loop().name(),
                TimeUnit.NANOSECONDS.toMillis(of.loop().nowNanos() - of.bornNanos()),
                TimeUnit.NANOSECONDS.toMillis(of.idleNanos()),
                of.bytesIn(),
                of.bytesOut(),
                of.pendingBytes(),
                of.unreadBytes(),
                of.isReadingPaused(),
                of.handOvers());
    }
}
