package org.tonyreactor.internal.engine.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source of wires. There is one network for each way to carry bytes. Any thread may call. */
public interface Network extends Closeable {
    /** Two wires, each the other's peer. */
    record Pair(Wire first, Wire second) {
        /** Closes both, which no loop has taken over. */
        public void close() {
            first.closeSoon();
            second.closeSoon();
        }
    }

    /** A multiplexer for one loop, whose wires lend at most so many bytes a read. */
    Multiplexer openMultiplexer(int readBufferBytes) throws IOException;

    /**
     * Listens on an address that is resolved.
     *
     * @throws IOException when the address cannot be bound
     */
    ServerWire listen(InetSocketAddress address, int backlog) throws IOException;

    /**
     * Begins to connect; {@link Wire#finishConnect} tells the result.
     *
     * @param local the address of this side, with port 0 for any free one; null for any
     * @throws IOException if it has failed already; a {@link java.net.BindException} if the local address is not available
     */
    Wire connect(SocketAddress remote, @Nullable SocketAddress local) throws IOException;

    default Wire connect(SocketAddress remote) throws IOException {
        return connect(remote, null);
    }

    /** What writing occupies for each loop beside what is written, such as memory that the system copies from. */
    int writeBufferBytes();

    /**
     * Opens pairs of wires to which no other process can connect. May block the caller, for a bounded time for each
     * pair.
     */
    List<Pair> openPairs(int count) throws IOException;

    /** Gives up the reserve; wires live on. On the thread that accepts. */
    @Override
    void close();
}
