package org.tonyreactor.internal.engine.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network that remembers what was opened to connect. */
public final class NetworkFixture implements Network {
    /** A wire to a server. */
    public record Opened(Wire wire) {
        public boolean isClosed() {
            return wire.isBroken();
        }
    }

    private final Network over;
    private final List<Opened> opened = new ArrayList<>();

    public NetworkFixture(Network over) {
        this.over = over;
    }

    public List<Opened> opened() {
        return opened;
    }

    @Override
    public Wire connect(SocketAddress remote, @Nullable SocketAddress local) throws IOException {
        Wire wire = over.connect(remote, local);
        opened.add(new Opened(wire));
        return wire;
    }

    @Override
    public Multiplexer openMultiplexer(int readBufferBytes) throws IOException {
        return over.openMultiplexer(readBufferBytes);
    }

    @Override
    public ServerWire listen(InetSocketAddress address, int backlog) throws IOException {
        return over.listen(address, backlog);
    }

    @Override
    public int writeBufferBytes() {
        return over.writeBufferBytes();
    }

    @Override
    public List<Pair> openPairs(int count) throws IOException {
        return over.openPairs(count);
    }

    @Override
    public void close() {
        over.close();
    }
}
