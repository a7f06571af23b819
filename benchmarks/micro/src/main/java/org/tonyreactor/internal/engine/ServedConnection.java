package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;

/** One connection on a worker of its own, which the calling thread steps: the engine without its acceptor. */
final class ServedConnection {
    private final EventLoop loop;
    private final Loopback loopback;
    private final Connection connection = new Connection(0);

    ServedConnection(Multiplexer multiplexer, SocketChannel channel, Protocol protocol) throws IOException {
        loop = new EventLoop("worker", Clock.SYSTEM, multiplexer);
        // Nothing is given back while it is measured, so nobody reads the other end of this loopback.
        loopback = Loopback.open(1, address -> {}).get(0);
        Worker worker = new Worker(
                0, loop, loopback.workerEnd(), EngineSettings.defaults().readBufferBytes());
        FactoryBinding binding =
                new FactoryBinding(EndpointSettings.builder().build(), Rank.NO_SERVICE, peer -> protocol, 1);
        connection.lease(1);
        connection.assign(1, binding, 0);
        connection.assign(channel);
        loop.runOnce(System.nanoTime());
        worker.onAdopt(connection);
    }

    /** One turn of the worker, as its thread makes it, but that it does not sleep. */
    int turn() {
        return loop.runOnce(System.nanoTime());
    }

    Connection connection() {
        return connection;
    }

    /** Closes the channels of the loop, this connection's included. */
    void close() throws IOException {
        loop.stop();
        loopback.close();
    }
}
