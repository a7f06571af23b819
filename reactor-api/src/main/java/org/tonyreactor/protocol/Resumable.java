package org.tonyreactor.protocol;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A {@link Protocol} whose connections survive an update of its bundle: the old version returns its state as bytes, and
 * the new version continues from these bytes. The engine keeps the connection meanwhile: its channel, the output that
 * was not sent yet, the input that was left unread, whether reading is paused, and its id. Timers, tasks and the
 * transport of the old protocol are dropped, without a {@link Protocol#connectionLost}.
 *
 * <p>A hand-over happens when the factory's service is unregistered, when a factory with {@code reactor.takeover}
 * becomes the primary one, when the factory is put in quarantine, and by command. The next factory of the endpoint
 * builds a protocol, which gets the state. If this protocol is not {@code Resumable}, the connection is closed. If no
 * factory comes within {@code reactor.hold.timeout.millis}, the connection is closed too, and no protocol is told.
 *
 * <p>Another version of the code reads the state: write a version number in front of it, and do not write serialized
 * objects.
 */
@ConsumerType
public interface Resumable {
    /** The most bytes of state that the engine keeps for one connection; with more, the connection is lost. */
    int MAX_STATE_BYTES = 1 << 20;

    /**
     * Finishes, before {@link #suspend}, the work that cannot be given away as bytes, such as a request that another
     * thread works at. Called on the connection's worker, between two other callbacks. All connections that go are
     * asked; none of them waits for another. From then on nothing is read. Everything else continues: tasks, timers,
     * writes and {@code outputReady}. If the connection ends by close, abort or a reset, it is not suspended.
     *
     * <p>{@code suspend} follows at the end of a turn, once the stage is done. Any thread may complete the stage. A
     * stage that fails is logged and counts as done. {@code reactor.drain.timeout.millis} after the order to go,
     * {@code suspend} is called all the same; this is one time limit for all connections of the factory. After that,
     * tasks of other threads are refused ({@link org.tonyreactor.transport.Transport#execute} returns false).
     *
     * <p>This method must not block. Above all, neither this method nor the thread that completes the stage may wait
     * for the thread that stops the bundle: that thread waits for the connections. If the next factory has gone
     * meanwhile, {@code connectionLost} may come instead of {@code suspend}, or the state may go to a new protocol of
     * the same factory.
     *
     * <p>If it throws or returns null, this connection and no other is lost, with {@code PROTOCOL_ERROR}.
     *
     * @return a stage that is done when the protocol may be suspended; by default it is done already. The engine does
     *     not keep it; it adds one dependent stage to it
     */
    default CompletionStage<?> quiesce() {
        return Quiet.ALREADY;
    }

    /**
     * Returns the protocol's state. Called on the connection's worker, between two other callbacks, as the last call
     * that the protocol gets. It may still write. Bytes that other threads have written until it returns are sent, too;
     * their tasks and timers are dropped.
     *
     * @return the state as bytes, position to limit, at most {@link #MAX_STATE_BYTES}; the engine copies it
     * @throws Exception to lose this connection, and no other, with {@code PROTOCOL_ERROR}; so does a call that takes
     *     longer than {@code reactor.drain.timeout.millis}, or a second if that is longer
     */
    ByteBuffer suspend() throws Exception;

    /**
     * Takes the state over, in the new version, instead of {@link Protocol#connectionMade}. Called on the connection's
     * worker after {@link Protocol#attach}. Afterwards {@code dataReceived} gets the input that the old version left
     * unread, and {@code connectionLost} is called if the connection ended meanwhile. If reading was paused, it is
     * still paused. If the old version was told of the FIN ({@link Protocol#inputEnded}), the new version is not told
     * again: {@link org.tonyreactor.transport.Transport#isInputEnded} is true.
     *
     * @param state the bytes that {@link #suspend} of the old version returned, valid only during this call
     * @throws Exception to lose this connection, and no other, with {@code PROTOCOL_ERROR}; so does a call that takes
     *     longer than {@code reactor.drain.timeout.millis}, or a second if that is longer
     */
    void resume(ByteBuffer state) throws Exception;
}
