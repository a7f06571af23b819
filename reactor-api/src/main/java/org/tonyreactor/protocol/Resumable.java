package org.tonyreactor.protocol;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A {@link Protocol} whose connections survive an update of its bundle: the old version returns its state as bytes,
 * and the new one continues from them. The connection stays with the engine meanwhile: its channel, what was written and not
 * sent yet, what was left unread, whether reading is paused, and its id. Timers, tasks and the transport of the old
 * protocol are dropped, without a {@link Protocol#connectionLost}.
 *
 * <p>It happens when the factory's service is unregistered, when a better-ranked factory with {@code reactor.takeover}
 * comes, when the factory is put in quarantine, and by command. The next factory of the endpoint builds a protocol, which
 * is given the state; if that one is not {@code Resumable}, the connection is closed. If no factory comes within
 * {@code reactor.hold.timeout.millis}, it is closed too, and no protocol is told.
 *
 * <p>The state is read by another version of the code: write a version number in front of it, and no serialized objects.
 */
@ConsumerType
public interface Resumable {
    /** The most bytes of state that the engine keeps for one connection; more lose it. */
    int MAX_STATE_BYTES = 1 << 20;

    /**
     * Returns the protocol's state. Called on the connection's worker, between two other callbacks, as the last call
     * the protocol gets. It may still write. What other threads have written until it returns is sent too; what they
     * have executed or scheduled is dropped.
     *
     * @return the state as bytes, position to limit, at most {@link #MAX_STATE_BYTES}; the engine copies it
     * @throws Exception to lose this connection, and no other, with {@code PROTOCOL_ERROR}; so does a call that takes
     *     longer than {@code reactor.drain.timeout.millis}, or a second if that is longer
     */
    ByteBuffer suspend() throws Exception;

    /**
     * Takes the state over, in the new version, instead of {@link Protocol#connectionMade}. Called on the connection's
     * worker after {@link Protocol#attach}. What the old version left unread is presented afterwards, and what
     * has happened to the connection meanwhile is told: {@code dataReceived}, {@code connectionLost}. Reading that was
     * paused still is. A FIN that the old version was told of ({@link Protocol#inputEnded}) is not told again:
     * {@link org.tonyreactor.transport.Transport#isInputEnded} says so.
     *
     * @param state what {@link #suspend} of the old version returned, valid only during this call
     * @throws Exception to lose this connection, and no other, with {@code PROTOCOL_ERROR}; so does a call that takes
     *     longer than {@code reactor.drain.timeout.millis}, or a second if that is longer
     */
    void resume(ByteBuffer state) throws Exception;
}
