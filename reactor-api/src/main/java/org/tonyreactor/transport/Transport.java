package org.tonyreactor.transport;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The user's handle on one connection. It serves only this connection: once the connection is lost, the handle does
 * nothing, even if the engine's slot behind it serves another connection.
 *
 * <p>Threads: any thread may call every method. A call from another thread than the connection's worker takes effect a
 * little later, on the worker: callbacks may still come after {@link #pauseReading} has returned. Calls from one thread
 * take effect in their order. A call that is made after another call has returned takes effect after it. Calls to
 * different transports have no order. Waiting changes of state are combined into one, and the last one wins, so they
 * need no bound.
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
     * The name of the connection's endpoint ({@code reactor.name}). Any thread.
     *
     * @return the endpoint's name
     */
    String endpointName();

    /**
     * Sends the whole content of the buffer and advances its position to its limit. It never blocks: bytes that the
     * socket does not take at once are copied and kept, in order. Any thread; from another thread than the worker the
     * bytes are copied. After {@link #close}, {@link #abort} or {@link #shutdownOutput} the bytes are taken and
     * dropped.
     *
     * <p>If more than {@code reactor.output.high.bytes} are pending, the engine stops reading from this connection
     * until {@code reactor.output.low.bytes} is reached again. Above {@code reactor.output.max.bytes} the connection is
     * aborted with {@link CloseReason.Kind#SLOW_CONSUMER}.
     *
     * @param data the bytes to send, position to limit; it may be reused at once
     */
    void write(ByteBuffer data);

    /**
     * Sends the whole content of several buffers, one after the other, as {@link #write(ByteBuffer)} does with one: for
     * example a header and a body. They leave in one system call if that is possible. All of them are taken, or none:
     * no other thread's bytes come in between. Without parts nothing happens. Any thread.
     *
     * @param parts the bytes to send, each position to limit, no buffer twice; they may be reused at once
     */
    void write(ByteBuffer... parts);

    /**
     * Sends a part of a file, in order with the writes. If the system can do that, the bytes do not come into the
     * memory of this process. From this call on the engine owns the channel. The engine closes it when the part is
     * sent, when the connection ends, or at once if nothing can be sent any more. The channel is kept when the
     * connection goes to the next version of its protocol. Any thread.
     *
     * <p>The bytes count in {@link #pendingBytes} and {@link #isWritable}, but not towards
     * {@code reactor.output.max.bytes}. The worker reads the file, at most 1 MiB in a turn: a slow disk holds up all
     * connections of that worker. If the file has become shorter meanwhile, the connection ends with
     * {@link CloseReason.Kind#IO_ERROR}, and with RST.
     *
     * @param file a channel that is open for reading, of the default file system; from now on no other code may use it
     * @param position where the part begins, in bytes from the file's beginning
     * @param count how many bytes the part has; with 0 the channel is only closed
     * @throws IllegalArgumentException if the file is of another file system or not open for reading, or if position or
     *     count is negative; then the caller still owns the channel
     */
    void sendFile(FileChannel file, long position, long count);

    /**
     * The amount of output that waits for the socket. Any thread.
     *
     * @return pending output in bytes
     */
    long pendingBytes();

    /**
     * Whether more may be written before output collects. It becomes false once the pending bytes, including those on
     * their way from other threads, pass {@code reactor.output.high.bytes}. It becomes true again, with one
     * {@code outputReady}, when they are at {@code reactor.output.low.bytes} or below. After {@link #close} it stays
     * false. After it was false, {@code outputReady} follows, or the end of this transport. Any thread.
     *
     * <p>A proxy must look once more after it has paused: on another worker {@code outputReady} may have come in
     * between.
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
     * @return false if a sender should wait; a write is still taken
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
     * Whether the connection is still open, as far as the engine knows. Any thread.
     *
     * @return false once close or abort was called or the connection was lost
     */
    boolean isOpen();

    /**
     * Whether this protocol, or the version before it, was told that the peer has sent its last byte
     * ({@code inputEnded}). Any thread.
     *
     * @return true once the protocol was told; output may still be possible
     */
    boolean isInputEnded();

    /**
     * Stops reading: no {@code dataReceived} until {@link #resumeReading}. Bytes that the peer sends, and its FIN, stay
     * in the kernel's buffers. Any thread.
     */
    void pauseReading();

    /**
     * Reads again. Bytes that an earlier {@code dataReceived} left unread are presented again at once (not from inside this
     * call). Any thread.
     */
    void resumeReading();

    /**
     * Says how many bytes the next {@code dataReceived} needs, unread bytes included: the call comes when that many are
     * there. So a frame that comes in many pieces is presented once, not once for each piece. The number holds for the
     * next call only. If the bytes are there already, that call comes at the end of the turn. The memory that is used
     * grows with the bytes that have come, never with this number. The number is forgotten when the peer ends (the
     * bytes that have come are then presented, before {@code inputEnded}), and when the connection goes to the next
     * version of its protocol. A number above {@code reactor.input.max.bytes} closes the connection at once, with
     * {@link CloseReason.Kind#INPUT_OVERFLOW}. Any thread.
     *
     * @param bytes how many bytes; 0 cancels the last number
     * @throws IllegalArgumentException if it is negative
     */
    void expect(int bytes);

    /**
     * Sets the time after which this connection is closed with {@link CloseReason.Kind#IDLE_TIMEOUT} if nothing was
     * read or written. It replaces {@code reactor.idle.timeout.millis} for this connection. It stays when that property
     * is changed, and for the next version of the protocol. Any thread.
     *
     * @param timeout the time, rounded up to milliseconds; zero is never; null is the value of the property
     * @throws IllegalArgumentException if it is negative
     */
    void setIdleTimeout(@Nullable Duration timeout);

    /**
     * Runs a call later on this connection's worker, never early. It is dropped when the connection ends. Any thread.
     * On the worker the delay counts from the end of its turn, in which the worker may serve other connections, too. On
     * another thread it counts from this call.
     *
     * @param delay how long to wait, rounded up to milliseconds; zero or less means the next turn of the loop; a delay
     *     of more than 292 years is cut to that
     * @param call the code to run; if it throws, the connection is lost as by any callback
     * @return the pending call; it is already done if the connection has ended or too many calls wait
     */
    ScheduledCall callLater(Duration delay, Runnable call);

    /**
     * Runs a task on this connection's worker, soon and in the order of the calls. Any thread. A task that was accepted
     * is dropped if the connection ends before the task has run.
     *
     * @param task the code to run; if it throws, the connection is lost as by any callback
     * @return false if the connection has ended or too many tasks wait; then the task will not run
     */
    boolean execute(Runnable task);
}
