package org.tonyreactor.protocol;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
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
     * Finishes what cannot be given away as bytes, such as a request that another thread works at, before {@link #suspend}.
     * Called on the connection's worker, between two other callbacks; all connections that go are asked, none of them waits
     * for another. From then on nothing is read. Everything else goes on: tasks, timers, writes, {@code outputReady}, and an
     * end by close, abort or a reset, after which nothing is suspended.
     *
     * <p>{@code suspend} follows at the end of a turn, once the stage is done. Any thread may complete it. One that fails is
     * logged and counts as done. When {@code reactor.drain.timeout.millis} have passed since the order to go, which is one
     * time for all that this factory has, {@code suspend} is called all the same; what other threads execute later is refused
     * ({@link org.tonyreactor.transport.Transport#execute} returns false).
     *
     * <p>This must not block. Above all, neither this nor whoever completes the stage may wait for the thread that stops the
     * bundle: that thread waits for the connections. When the factory that was to take the connection over has gone
     * meanwhile, {@code connectionLost} may come instead of {@code suspend}, or the state may go to a new protocol of the
     * same factory.
     *
     * <p>One that throws, or returns null, loses this connection and no other, with {@code PROTOCOL_ERROR}.
     *
     * @return a stage, which is done when the protocol may be suspended; done already by default. The engine keeps nothing of
     *     it, and hangs one dependent stage on it
     */
    default CompletionStage<?> quiesce() {
        return Quiet.ALREADY;
    }

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
