package org.tonyreactor.internal.engine;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** A multiplexer without a selector: the channel that waits to be read is always ready. */
final class AlwaysReadable implements Multiplexer {
    private @Nullable ReadyHandler reader;

    @Override
    public void register(SelectableChannel channel, int ops, ReadyHandler handler) {
        if ((ops & SelectionKey.OP_READ) != 0) {
            reader = handler;
        }
    }

    @Override
    public void interest(SelectableChannel channel, int ops) {}

    @Override
    public void closeSoon(SelectableChannel channel) {}

    @Override
    public int poll(long timeoutMillis) {
        return reader == null ? 0 : 1;
    }

    @Override
    public void dispatch(Dispatcher to) {
        if (reader != null) {
            to.dispatch(reader, SelectionKey.OP_READ);
        }
    }

    @Override
    public void wakeup() {}

    @Override
    public void reap() {}

    @Override
    public void rebuild() {}

    @Override
    public void close() {}
}
