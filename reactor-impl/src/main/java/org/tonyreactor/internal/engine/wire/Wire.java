package org.tonyreactor.internal.engine.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * One byte stream that is connected, or is being connected, over any carrier. It never blocks.
 *
 * <p>A {@link Network} makes a wire. From {@link #attach} on it belongs to one loop. A decorator is a wire over another
 * wire: it is attached in place of the wire below and attaches that wire to itself.
 *
 * <p>Owner: the loop to which it is attached; before that the code that has made it.
 */
public interface Wire {
    /** Ready operation: there is input, its end, or a failure to be read. */
    int READ = 1;
    /** Ready operation: output is taken again. */
    int WRITE = 1 << 2;
    /** Ready operation: {@link #finishConnect} has something to say. */
    int CONNECT = 1 << 3;

    /** Ready operation: the peer has reset the wire. Only {@link Multiplexer#probe} reports it. */
    int RESET = 1 << 5;

    /** The result of {@link #read} for the peer's FIN; {@link #isEnd} checks it. */
    ByteBuffer END = ByteBuffer.allocate(0);

    /** Whether the result of a read is the peer's FIN. */
    @SuppressWarnings("ReferenceEquality") // Another empty buffer is none.
    static boolean isEnd(ByteBuffer read) {
        return read == END;
    }

    /**
     * Reads once. The bytes are lent until the handler returns, or until any wire of this loop reads again, whichever is
     * first. The caller copies bytes that it keeps.
     *
     * @return the bytes, at least one; null when there are none now; {@link #END} after the last one
     */
    @Nullable
    ByteBuffer read() throws IOException;

    /**
     * Whether the wire holds input that no poll will report. The owner reads again, in this turn or in the next one;
     * then it makes the next turn come at once.
     */
    boolean hasMore();

    /**
     * Takes as many bytes as it can now and advances the buffer behind them.
     *
     * @return how many it has taken
     */
    int write(ByteBuffer part) throws IOException;

    /** Takes bytes of several buffers, in their order, with one system call if possible. Returns how many. */
    long write(ByteBuffer[] parts, int from, int count) throws IOException;

    /** Takes bytes of a file. Returns how many, which is 0 also at the file's end. */
    long writeFile(FileChannel file, long position, long count) throws IOException;

    /**
     * The bytes that were taken and are not given to the system yet. They count as pending, in every bound, and leave
     * before any end: {@link #flush} until there are none.
     */
    long unsentBytes();

    /** What it occupies for bytes that it holds, in either direction, by the capacity of what they are in (ADR 24). */
    default long heldBytes() {
        return unsentBytes();
    }

    /**
     * Gives unsent bytes to the system, as far as it takes them. At the end of the turn and when writable.
     *
     * @return whether nothing is unsent any more
     */
    boolean flush() throws IOException;

    /** Sets the operations for which its handler is called; none at first. A wire below a decorator may want others. */
    void interest(int ops);

    /**
     * Has the next {@link Multiplexer#probe} look at it. For a wire of which nothing is waited for, and whose output is not
     * shut.
     */
    void probe();

    /** Whether connecting has succeeded; until then the wire can do nothing else. Throws when it has failed. */
    boolean finishConnect() throws IOException;

    /** Puts the wire on a loop, or gives it another handler there. */
    void attach(Multiplexer to, Multiplexer.ReadyHandler handler) throws IOException;

    /**
     * Takes the wire off its loop, to be attached to another one.
     *
     * @param then called on the loop when nothing is in flight any more, perhaps turns later; until then the handler may
     *     still be called for input that has come before
     */
    void detach(Runnable then);

    /** Whether it has failed: nothing that is written will reach the peer. */
    boolean isBroken();

    /** Whether small writes leave at once (TCP_NODELAY). A wire without such an option ignores it. */
    void noDelay(boolean on);

    /** Whether the system looks after an idle connection (SO_KEEPALIVE). A wire without such an option ignores it. */
    void keepAlive(boolean on);

    /** Sends FIN behind all output; reading goes on. */
    void shutdownOutput() throws IOException;

    /** Ends the wire with RST, also if bytes are unsent; closed at the beginning of the next turn, which comes at once. */
    void reset();

    /** Ends the wire; closed at the beginning of the next turn, which comes at once. Its handler is not called again. */
    void closeSoon();

    SocketAddress localAddress() throws IOException;

    SocketAddress remoteAddress() throws IOException;
}
