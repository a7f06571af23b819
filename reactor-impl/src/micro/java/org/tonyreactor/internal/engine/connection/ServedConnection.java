package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.loop.Clock;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;

/** One connection on a worker of its own, which the calling thread steps: the engine without its acceptor. */
final class ServedConnection {
    private final EventLoop loop;
    private final Network.Pair loopback;
    private final Connection connection = new Connection(0);

    ServedConnection(Network network, Wire wire, Protocol protocol) throws IOException {
        loop = new EventLoop(
                "worker",
                Clock.SYSTEM,
                network.openMultiplexer(EngineSettings.defaults().readBufferBytes()));
        // Nothing is given back while it is measured, so nobody reads the other end of this loopback.
        loopback = network.openPairs(1).get(0);
        Worker worker = new Worker(0, loop, network, new RefusedPeers(), loopback.first());
        FactoryBinding binding = new FactoryBinding(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, peer -> protocol, 1);
        connection.lease(1);
        connection.assign(1, binding, 0);
        connection.assign(wire);
        turn();
        worker.onAdopt(connection);
    }

    /** One turn of the worker, as its thread makes it, but that it does not sleep. */
    int turn() {
        return loop.runOnce(Clock.SYSTEM.nanoTime());
    }

    Connection connection() {
        return connection;
    }

    /** Closes what is attached to the loop, this connection included, and the other end of its loopback. */
    void close() {
        loop.stop();
        loopback.second().closeSoon();
    }
}
