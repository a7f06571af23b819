package org.tonyreactor.internal.engine.connection;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.transport.Peer;

/**
 * The state of one connection when its worker was asked.
 *
 * @param id its number
 * @param binding the binding through which it came, or to which it was handed over
 * @param phase its phase
 * @param peer its addresses; null while connecting
 * @param thread the name of its worker's thread
 * @param ageMillis milliseconds since the worker has it
 * @param idleMillis milliseconds since a byte was read or written
 * @param bytesIn bytes read
 * @param bytesOut bytes written to the socket
 * @param pendingBytes bytes that the socket has not taken yet
 * @param unreadBytes bytes that the protocol has left unread
 * @param memoryBytes what of the engine's memory it occupies
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
        long memoryBytes,
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
                TimeUnit.NANOSECONDS.toMillis(of.ageNanos()),
                TimeUnit.NANOSECONDS.toMillis(of.idleNanos()),
                of.bytesIn(),
                of.bytesOut(),
                of.pendingBytes(),
                of.unreadBytes(),
                of.memoryBytes(),
                of.isReadingPaused(),
                of.handOvers());
    }
}
