package org.tonyreactor.internal.engine.wire;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.tonyreactor.internal.engine.wire.nio.NioMultiplexer;

/**
 * The seam between an event loop and the system's way of waiting for many channels. There is one implementation,
 * {@link NioMultiplexer}; another I/O backend would stand beside it.
 *
 * <p>Owner: the thread of its loop; only {@link #wakeup} is for any thread.
 */
public interface Multiplexer {
    /** What is called when a channel is ready. */
    interface ReadyHandler {
        /** Runs on the loop's thread with the ready operations of {@link java.nio.channels.SelectionKey}. */
        void onReady(int readyOps);
    }

    /** Through whom ready channels are handed over; the loop, which keeps time and catches what handlers throw. */
    interface Dispatcher {
        void dispatch(ReadyHandler handler, int readyOps);
    }

    /**
     * Adds a non-blocking channel and its handler, or gives one that is here another handler. A channel leaves by being
     * closed, best through {@link #closeSoon}.
     */
    void register(SelectableChannel channel, int ops, ReadyHandler handler) throws IOException;

    /**
     * Sets the operations of {@link java.nio.channels.SelectionKey} that a registered channel is waited for; none is
     * allowed. Nothing happens once the channel is closed.
     */
    void interest(SelectableChannel channel, int ops);

    /**
     * Takes a channel off, never to dispatch it again, and closes it in the next {@link #poll}: a channel that is here no
     * more is closed by one system call instead of three. The caller sees to it that this poll comes at once and does not
     * wait.
     */
    void closeSoon(SelectableChannel channel) throws IOException;

    /**
     * Waits for ready channels and remembers them for {@link #dispatch}, which follows.
     *
     * @param timeoutMillis how long to wait; 0 does not wait, a negative value waits until there is something
     * @return how many channels are ready
     */
    int poll(long timeoutMillis) throws IOException;

    /**
     * Dispatches the handlers of the channels that the last {@link #poll} found ready, but for those that an earlier
     * handler has closed or whose interest it has taken away.
     */
    void dispatch(Dispatcher to);

    /** Ends a {@link #poll} that waits, or the next one. Any thread. */
    void wakeup();

    /** Lets go of closed channels at once, so that their addresses are free; not from inside {@link #dispatch}. */
    void reap() throws IOException;

    /** Replaces the selector under all channels, which stay registered. */
    void rebuild() throws IOException;

    /** Closes every registered channel and the multiplexer itself. */
    void close() throws IOException;
}
