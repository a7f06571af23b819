package org.tonyreactor.internal.engine.wire;

import java.io.IOException;

/**
 * How one loop waits for its wires. Wires come by {@link Wire#attach} and leave by being closed or detached.
 *
 * <p>Owner: the thread of its loop; only {@link #wakeup} is for any thread.
 */
public interface Multiplexer {
    /** The handler of a wire that is ready. */
    interface ReadyHandler {
        /** Runs on the loop's thread with the operations of {@link Wire} and {@link ServerWire} that are ready. */
        void onReady(int readyOps);
    }

    /** Gets each ready wire: the loop, which keeps the time and catches the exceptions of handlers. */
    interface Dispatcher {
        void dispatch(ReadyHandler handler, int readyOps);
    }

    /**
     * Waits for ready wires and remembers them for {@link #dispatch}, which follows.
     *
     * @param timeoutMillis how long to wait; 0 does not wait, a negative value waits without a limit
     * @return how many wires are ready
     */
    int poll(long timeoutMillis) throws IOException;

    /**
     * Dispatches the handlers of the wires that the last {@link #poll} found ready, except wires that an earlier
     * handler has closed or whose interest it has removed.
     */
    void dispatch(Dispatcher to);

    /**
     * Dispatches, with {@link Wire#RESET}, the handlers of those wires that the peer has reset, of the ones that have asked for it
     * since the last time. It never waits. Not from inside a handler.
     */
    void probe(Dispatcher to) throws IOException;

    /** Whether the next {@link #poll} has something to finish, such as a close, so that it must not wait. */
    boolean isDue();

    /** Sets how many bytes a read lends at most. */
    void readBufferBytes(int bytes);

    /** Ends a {@link #poll} that waits, or the next one. Any thread. */
    void wakeup();

    /** Replaces the system's selector below all wires, which stay attached. */
    void rebuild() throws IOException;

    /** Closes every wire that is attached, and the multiplexer itself. */
    void close() throws IOException;
}
