package org.tonyreactor.internal.engine.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;

/** Wires without sockets, on multiplexers without selectors: the one that waits to be read is always ready. */
final class AlwaysReadyNetwork implements Network {
    private final int messageBytes;

    AlwaysReadyNetwork(int messageBytes) {
        this.messageBytes = messageBytes;
    }

    @Override
    public int writeBufferBytes() {
        return 0;
    }

    @Override
    public Multiplexer openMultiplexer(int readBufferBytes) {
        return new Poll();
    }

    @Override
    public ServerWire listen(InetSocketAddress address, int backlog) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Wire connect(SocketAddress remote, @Nullable SocketAddress local) {
        return wire();
    }

    @Override
    public List<Pair> openPairs(int count) {
        return Collections.nCopies(count, new Pair(wire(), wire()));
    }

    Wire wire() {
        return new AlwaysReadyWire(messageBytes);
    }

    @Override
    public void close() {}

    /** Serves one reader. */
    static final class Poll implements Multiplexer {
        Multiplexer.@Nullable ReadyHandler reader;

        @Override
        public int poll(long timeoutMillis) {
            return reader == null ? 0 : 1;
        }

        @Override
        public void dispatch(Dispatcher to) {
            if (reader != null) {
                to.dispatch(reader, Wire.READ);
            }
        }

        @Override
        public void probe(Dispatcher to) {}

        @Override
        public boolean isDue() {
            return false;
        }

        @Override
        public void readBufferBytes(int bytes) {}

        @Override
        public void wakeup() {}

        @Override
        public void rebuild() {}

        @Override
        public void close() {}
    }
}
