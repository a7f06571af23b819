package org.tonyreactor.internal.engine.wire.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * A {@link Multiplexer} over java.nio. It uses {@code select(Consumer)}, which hands over ready keys without a
 * selected-key set. The key's attachment is the handler itself, and a channel knows its key. So a registration needs no
 * object of its own, and no object keeps a key that a rebuild replaces.
 *
 * <p>If a channel is closed while it is registered, it is first shut down, because the selector still needs its
 * descriptor. The next select closes it. If a channel leaves by {@link #closeSoon}, the selector has let go of it
 * before it is closed: each select removes cancelled keys before it hands over ready ones.
 */
public final class NioMultiplexer implements Multiplexer {
    private static final Log LOG = Log.named("org.tonyreactor.loop");

    private static final int READY_AT_MOST = 1024;

    /** The keys that the last poll found: as many as one select hands over. The JDK bounds that; on Linux by 1,024. */
    private final List<SelectionKey> ready = new ArrayList<>(READY_AT_MOST);

    private final Consumer<SelectionKey> remember = ready::add;
    /** Channels to be closed by the next poll; as many as the loop closes in a turn. */
    private final List<SelectableChannel> leaving = new ArrayList<>(READY_AT_MOST);

    /** Wires that leave, and the callbacks for the time when the selector has let go of them. */
    private final List<Runnable> detached = new ArrayList<>();

    private final ResetProbe resets = new ResetProbe();
    private ByteBuffer readBuffer;
    private volatile Selector selector;

    NioMultiplexer(int readBufferBytes) throws IOException {
        selector = Selector.open();
        readBuffer = ByteBuffer.allocateDirect(readBufferBytes);
    }

    @Override
    public void readBufferBytes(int bytes) {
        if (bytes != readBuffer.capacity()) {
            readBuffer = ByteBuffer.allocateDirect(bytes);
        }
    }

    /** The buffer for one read, empty; it keeps nothing of the last one, not even the byte order. */
    ByteBuffer readBuffer() {
        return readBuffer.clear().order(ByteOrder.BIG_ENDIAN);
    }

    /** Adds a channel that does not block, or gives a registered channel another handler. */
    public void register(SelectableChannel channel, int ops, ReadyHandler handler) throws IOException {
        channel.register(selector, ops, handler);
    }

    /** Sets the interest of a channel. Nothing happens once it is closed. */
    void interest(SelectableChannel channel, int ops) {
        SelectionKey key = channel.keyFor(selector);
        if (key != null && key.isValid()) {
            key.interestOps(ops);
        }
    }

    /**
     * Takes a channel off, never to dispatch it again, and closes it in the next {@link #poll}: a channel that is here no
     * more is closed by one system call instead of three.
     */
    void closeSoon(SelectableChannel channel) throws IOException {
        SelectionKey key = channel.keyFor(selector);
        if (key == null) {
            channel.close();
        } else {
            leaving.add(channel); // First: without memory it is still whole.
            key.cancel();
        }
    }

    /** Takes a channel off; then is run once another selector may have it. */
    void detach(SelectableChannel channel, Runnable then) {
        SelectionKey key = channel.keyFor(selector);
        if (key != null) {
            key.cancel();
        }
        detached.add(then);
    }

    @Override
    public boolean isDue() {
        return !leaving.isEmpty() || !detached.isEmpty();
    }

    @Override
    public int poll(long timeoutMillis) throws IOException {
        try {
            return timeoutMillis == 0
                    ? selector.selectNow(remember)
                    : selector.select(remember, Math.max(timeoutMillis, 0));
        } finally {
            closeLeaving();
        }
    }

    @Override
    public void dispatch(Dispatcher to) {
        try {
            if (!detached.isEmpty()) {
                tellDetached();
            }
            for (int i = 0; i < ready.size(); i++) {
                SelectionKey key = ready.get(i);
                int readyOps = opsOf(key);
                if (readyOps != 0) {
                    to.dispatch((ReadyHandler) key.attachment(), readyOps);
                }
            }
        } finally {
            ready.clear(); // A missed key is found again.
        }
    }

    /** Has the next {@link #probe} look at a channel. */
    void askProbe(SelectableChannel channel) {
        resets.ask(channel);
    }

    @Override
    public void probe(Dispatcher to) throws IOException {
        for (SelectableChannel reset : resets.look()) {
            SelectionKey key = reset.keyFor(selector);
            if (key != null && key.isValid()) { // No handler before it has closed it.
                to.dispatch((ReadyHandler) key.attachment(), Wire.RESET);
            }
        }
    }

    /** Lets go of closed channels at once, so that their addresses are free; not from inside {@link #dispatch}. */
    void reap() throws IOException {
        Selector current = selector;
        current.selectNow();
        current.selectedKeys().clear(); // A ready channel stays ready, and the next poll finds it again.
        closeLeaving();
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void rebuild() throws IOException {
        Selector old = selector;
        Selector fresh = Selector.open();
        for (SelectionKey key : old.keys()) {
            if (key.isValid()) {
                key.channel().register(fresh, key.interestOps(), key.attachment());
            }
        }
        ready.clear();
        selector = fresh;
        // A wake-up meant for the old selector may have come while the channels moved.
        fresh.wakeup();
        old.close();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            key.channel().close();
        }
        closeLeaving();
        resets.close();
        selector.close();
    }

    /** The callbacks that a poll must not make (ADR 16). The select before this has let go of their keys. */
    private void tellDetached() {
        List<Runnable> gone = List.copyOf(detached);
        detached.clear();
        gone.forEach(Runnable::run);
    }

    private static int opsOf(SelectionKey key) {
        try {
            return key.readyOps() & key.interestOps();
        } catch (CancelledKeyException e) {
            return 0; // Closed by a handler that ran earlier in this turn.
        }
    }

    private void closeLeaving() {
        if (leaving.isEmpty()) {
            return;
        }
        for (SelectableChannel channel : leaving) {
            try {
                channel.close();
            } catch (IOException | RuntimeException | Error e) {
                LOG.debug("closing {} failed", ChannelText.of(channel), e);
            }
        }
        leaving.clear();
    }
}
