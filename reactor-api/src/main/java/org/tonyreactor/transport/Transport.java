package org.tonyreactor.transport;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The user's handle on one connection. It serves this connection only: once the connection is lost it does nothing, though
 * the engine's slot behind it serves another.
 *
 * <p>Threads: any thread may call every method. Off the connection's worker a call takes effect a little later, on the
 * worker: callbacks may still come after {@link #pauseReading} has returned. Calls from one thread take effect in their
 * order, and a call made after another has returned takes effect after it; calls to different transports have no order.
 * Changes of state that wait are one, and the last wins, so that they need no bound.
 */
@ProviderType
public interface Transport {
    /**
     * The number of this connection, unique in this engine since its start. Any thread.
     *
     * @return the connection's id, from 1
     */
    long id();

    /**
     * The other side of the connection. Any thread.
     *
     * @return the peer, also after the connection has ended
     */
    Peer peer();

    /**
     * The name of the endpoint that the connection came through ({@code reactor.name}). Any thread.
     *
     * @return the endpoint's name
     */
    String endpointName();

    /**
     * Sends all of the buffer and advances its position to its limit. Never blocks: what the socket does not take at
     * once is copied and kept, in order. Any thread; from another thread than the worker the bytes are copied. After
     * {@link #close}, {@link #abort} or {@link #shutdownOutput} the bytes are taken and dropped.
     *
     * <p>Above {@code reactor.output.high.bytes} pending the engine stops reading from this connection until
     * {@code reactor.output.low.bytes} is reached again; above {@code reactor.output.max.bytes} the connection is
     * aborted with {@link CloseReason.Kind#SLOW_CONSUMER}.
     *
     * @param data the bytes to send, position to limit; it may be reused at once
     */
    void write(ByteBuffer data);

    /**
     * Sends all of several buffers, one behind the other, as {@link #write(ByteBuffer)} does with one: a header and a body, say.
     * They leave in one system call where they can. All of them are taken, or none: no other thread's bytes come in between.
     * No parts: nothing happens. Any thread.
     *
     * @param parts the bytes to send, each position to limit, no buffer twice; they may be reused at once
     */
    void write(ByteBuffer... parts);

    /**
     * Sends a part of a file, in order with the writes, without its bytes coming into the memory of this process where the
     * system can do that. From this call on the channel is the engine's, which closes it: when the part is sent, when the
     * connection ends, or at once when nothing can be sent any more. It is kept when the connection goes to the next version
     * of its protocol. Any thread.
     *
     * <p>The bytes count in {@link #pendingBytes} and {@link #isWritable}, but not towards {@code reactor.output.max.bytes}. The
     * worker reads the file, at most 1 MiB of it in a turn: a disk that is slow to answer holds up all connections of that
     * worker. A file that has become shorter meanwhile ends the connection with {@link CloseReason.Kind#IO_ERROR}, and with
     * RST.
     *
     * @param file open for reading, of the default file system; nobody else uses it from now on
     * @param position where the part begins, in bytes from the file's beginning
     * @param count how many bytes it has; with 0 the channel is closed, and that is all
     * @throws IllegalArgumentException when the file is of another file system or not open for reading, or when position or
     *     count is negative; the channel is the caller's then
     */
    void sendFile(FileChannel file, long position, long count);

    /**
     * How much output waits for the socket. Any thread.
     *
     * @return pending output in bytes
     */
    long pendingBytes();

    /**
     * Whether more may be written before output piles up. It becomes false once the pending bytes, those on their way from other
     * threads included, pass {@code reactor.output.high.bytes}, and true again, with one {@code outputReady}, when they are
     * at {@code reactor.output.low.bytes} or below. After {@link #close} it stays false. Whoever has seen false gets
     * {@code outputReady}, or the end of this transport. Any thread.
     *
     * <p>A proxy looks once more when it has paused: on another worker {@code outputReady} may have come in between.
     *
     * <pre>{@code
     * to.write(data);
     * if (!to.isWritable()) {
     *     from.pauseReading();
     *     if (to.isWritable()) {
     *         from.resumeReading();
     *     }
     * }
     * }</pre>
     *
     * @return false when a sender had better wait; a write is taken all the same
     */
    boolean isWritable();

    /** Closes after the pending output is sent. A second call is a no-op. Any thread. */
    void close();

    /** Ends the connection at once with an RST; pending output is dropped. Any thread. */
    void abort();

    /**
     * Half close: sends FIN after the pending output; reading continues. Later writes are dropped. A second call is a
     * no-op. Any thread.
     */
    void shutdownOutput();

    /**
     * Whether neither side has ended the connection, as far as the engine knows. Any thread.
     *
     * @return false once close or abort was called or the connection was lost
     */
    boolean isOpen();

    /**
     * Whether the protocol was told that the peer has sent its last byte ({@code inputEnded}): this one, or the version
     * before it. Any thread.
     *
     * @return true once it was told; output may still be possible
     */
    boolean isInputEnded();

    /**
     * Stops reading: no {@code dataReceived} until {@link #resumeReading}. What the peer sends stays in the kernel's
     * buffers, and so does its FIN. Any thread.
     */
    void pauseReading();

    /**
     * Reads again. What an earlier {@code dataReceived} left unread is presented again at once (not from inside this
     * call). Any thread.
     */
    void resumeReading();

    /**
     * Says how many bytes the next {@code dataReceived} needs, those left unread included: it comes when that many are there. A
     * frame that comes in many pieces is then presented once, not once for each piece. It holds for the next call only; when
     * the bytes are there already, that call comes at the end of the turn. Room grows with what has come, never with this
     * number. It is forgotten when the peer ends: what has come is presented then, before {@code inputEnded}; and when the
     * connection goes to the next version of its protocol. More than {@code reactor.input.max.bytes} closes the connection
     * at once, with {@link CloseReason.Kind#INPUT_OVERFLOW}. Any thread.
     *
     * @param bytes how many; 0 takes the last number back
     * @throws IllegalArgumentException when it is negative
     */
    void expect(int bytes);

    /**
     * Closes this connection with {@link CloseReason.Kind#IDLE_TIMEOUT} when nothing was read or written for so long, in place of
     * {@code reactor.idle.timeout.millis}. It stays when that property is changed, and for the next version of the protocol.
     * Any thread.
     *
     * @param timeout the time, rounded up to milliseconds; zero is never; null is what the property says
     * @throws IllegalArgumentException when it is negative
     */
    void setIdleTimeout(@Nullable Duration timeout);

    /**
     * Runs a call later on this connection's worker, never early. It is dropped when the connection ends. Any thread. On the worker
     * the delay counts from the end of its turn, in which it may have other connections to serve; on another thread, from
     * this call.
     *
     * @param delay how long to wait, rounded up to milliseconds; zero or less means the next turn of the loop, and what
     *     is longer than 292 years is cut to that
     * @param call what to run; if it throws, the connection is lost as by any callback
     * @return the pending call; already done when the connection has ended or too many calls wait already
     */
    ScheduledCall callLater(Duration delay, Runnable call);

    /**
     * Runs a task on this connection's worker, soon and in the order of the calls. Any thread. A task that was accepted
     * is dropped when the connection ends before its turn.
     *
     * @param task what to run; if it throws, the connection is lost as by any callback
     * @return false when the connection has ended or too many tasks wait already; the task will not run then
     */
    boolean execute(Runnable task);
}
