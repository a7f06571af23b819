package org.tonyreactor.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.ScheduledCall;
import org.tonyreactor.transport.Transport;

/**
 * The business logic of one connection. Extend this class and override the callbacks that you need. One instance serves
 * one connection.
 *
 * <p><b>Threads.</b> All callbacks of one connection run on one worker thread, never two at once and never
 * re-entrantly: a {@link #write} or {@link #closeConnection} inside a callback does not call back before the callback
 * has returned. {@link #connectionMade} comes before any data. {@link #connectionLost} comes exactly once, in every
 * case, after all other callbacks; a protocol that is suspended gets {@link Resumable#suspend} instead. A callback must
 * not block: its worker serves other connections too.
 *
 * <p><b>Errors.</b> A callback that throws an exception or an {@link Error} loses its own connection
 * ({@link CloseReason.Kind#PROTOCOL_ERROR}) and no other.
 *
 * <p>Modelled on Twisted's {@code Protocol}.
 */
@ConsumerType
public abstract class Protocol {
    private @Nullable Transport transport;

    /** For subclasses. The protocol has no transport yet: work begins in {@link #connectionMade}. */
    protected Protocol() {}

    /**
     * Attaches the transport of a new connection. Called by the engine, or by a test, before {@link #connectionMade} or
     * {@link Resumable#resume}; it calls nothing back.
     *
     * @param transport the transport of the connection that this protocol will serve
     */
    public final void attach(Transport transport) {
        this.transport = Objects.requireNonNull(transport, "transport");
    }

    /**
     * The connection is open; nothing has been read from it yet. The default does nothing.
     *
     * @throws Exception to lose the connection with {@link CloseReason.Kind#PROTOCOL_ERROR}
     */
    public void connectionMade() throws Exception {}

    /**
     * Bytes have come in. The buffer belongs to the worker and is valid only during this call. Bytes that are left
     * unread (between position and limit on return) are presented again in front of the next bytes, so a protocol need
     * not collect partial frames itself. {@link Transport#expect} says how many bytes the protocol waits for. If more
     * than {@code reactor.input.max.bytes} are left unread, the connection is closed with
     * {@link CloseReason.Kind#INPUT_OVERFLOW}.
     *
     * @param data the bytes that an earlier call left unread, then those that have come in, position to limit; the
     *     buffer may be direct
     * @throws Exception to lose the connection with {@link CloseReason.Kind#PROTOCOL_ERROR}
     */
    public abstract void dataReceived(ByteBuffer data) throws Exception;

    /**
     * The peer has sent its last byte (FIN). Called once, after all input was presented, and never while reading is
     * paused. The default closes the connection after its pending output, with {@link CloseReason.Kind#CLOSED_BY_PEER}.
     *
     * <p>A protocol that overrides this may continue to write (half close) and closes the connection when it has
     * finished. The engine closes the connection if no output is pending, no timer of the protocol runs, and nothing
     * happens for {@code reactor.input.ended.timeout.millis}. In both cases the connection ends with
     * {@link CloseReason.Kind#CLOSED_BY_PEER}, because the peer closed first.
     *
     * @param rest the bytes that {@link #dataReceived} has left unread, position to limit; valid only during this call;
     *     bytes that this call leaves unread are dropped
     * @throws Exception to lose the connection with {@link CloseReason.Kind#PROTOCOL_ERROR}
     */
    public void inputEnded(ByteBuffer rest) throws Exception {
        closeConnection();
    }

    /**
     * The transport is writable again, after {@link Transport#isWritable} was false: its pending output has fallen to the
     * low-water mark. A sender that paused may write again. The default does nothing.
     *
     * @throws Exception to lose the connection with {@link CloseReason.Kind#PROTOCOL_ERROR}
     */
    public void outputReady() throws Exception {}

    /**
     * The connection has ended. Called exactly once for each connection that has been given to {@link #connectionMade}
     * (or {@link Resumable#resume}), as the last call. The transport has ended, too: writing is a no-op. The default
     * does nothing.
     *
     * @param reason why the connection ended
     * @throws Exception is only logged
     */
    public void connectionLost(CloseReason reason) throws Exception {}

    /**
     * The transport of this protocol's connection; after {@link #connectionLost} it has ended: writing is a no-op.
     *
     * @return the transport last given to {@link #attach}
     * @throws IllegalStateException if the protocol has not been connected yet
     */
    public final Transport transport() {
        Transport current = transport;
        if (current == null) {
            throw new IllegalStateException("not connected yet: " + getClass().getName());
        }
        return current;
    }

    /**
     * Sends the whole content of the buffer, as {@link Transport#write(ByteBuffer)}. Any thread.
     *
     * @param data the bytes to send, position to limit; its position is advanced to its limit
     */
    public final void write(ByteBuffer data) {
        transport().write(data);
    }

    /**
     * Sends the whole content of several buffers, one after the other, as {@link Transport#write(ByteBuffer...)}. Any
     * thread.
     *
     * @param parts the bytes to send, each position to limit; their positions are advanced to their limits
     */
    public final void write(ByteBuffer... parts) {
        transport().write(parts);
    }

    /**
     * Sends the whole array, as {@link Transport#write(ByteBuffer)}. Any thread. The array may be changed after the call.
     *
     * @param data the bytes to send
     */
    public final void write(byte[] data) {
        transport().write(ByteBuffer.wrap(data));
    }

    /**
     * Sends a text in UTF-8, as {@link Transport#write(ByteBuffer)}. Any thread.
     *
     * @param utf8 the text to send
     */
    public final void write(CharSequence utf8) {
        transport().write(ByteBuffer.wrap(utf8.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Closes the connection after its pending output, as {@link Transport#close}. Any thread. */
    public final void closeConnection() {
        transport().close();
    }

    /** Ends the connection at once and drops its pending output, as {@link Transport#abort}. Any thread. */
    public final void abortConnection() {
        transport().abort();
    }

    /**
     * Runs a call later on this connection's worker, unless the connection ends before that, as
     * {@link Transport#callLater}. Any thread.
     *
     * @param delay how long to wait, rounded up to milliseconds; zero or less means the next turn of the loop
     * @param call the code to run
     * @return the pending call
     */
    public final ScheduledCall callLater(Duration delay, Runnable call) {
        return transport().callLater(delay, call);
    }
}
