package org.tonyreactor.internal.engine.wire.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.Wire;

/** A pair of wires over sockets, with the sockets themselves. */
public record NioPair(Wire workerWire, Wire acceptorWire) {
    public static List<NioPair> open(int count, NioNetwork.Observer observer) throws IOException {
        return new NioNetwork(observer)
                .openPairs(count).stream().map(NioPair::of).toList();
    }

    public static NioPair open() throws IOException {
        return open(1, address -> {}).get(0);
    }

    private static NioPair of(Network.Pair pair) {
        return new NioPair(pair.first(), pair.second());
    }

    public static Multiplexer multiplexer() {
        try {
            return new NioMultiplexer(4_096);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SocketChannel workerEnd() {
        return ((NioWire) workerWire).channel();
    }

    public SocketChannel acceptorEnd() {
        return ((NioWire) acceptorWire).channel();
    }

    public void close() throws IOException {
        workerEnd().close();
        acceptorEnd().close();
    }
}
