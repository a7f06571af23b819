package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.Trespass;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;
import org.tonyreactor.internal.engine.wire.nio.NioPair;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;

/** What belongs to a worker is for its thread. */
class OwnersTest {
    private final EventLoop loop = Trespass.owned(new EventLoop("worker", new ManualClock(), NioPair.multiplexer()));
    private final NioPair loopback = NioPair.open();
    private final Worker worker = new Worker(0, loop, new NioNetwork(), new RefusedPeers(), loopback.workerWire());
    private final FactoryBinding binding =
            new FactoryBinding(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, peer -> null, 1);

    OwnersTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        loopback.close();
    }

    @Test
    void catchesAnotherThreadThatUsesAWorker() throws Exception {
        Trespass.assertCaught(worker::onList);
        Trespass.assertCaught(() -> worker.onExpire(binding));
        Trespass.assertCaught(() -> worker.onReadBufferBytes(512));
    }

    @Test
    void catchesAnotherThreadThatUsesAConnection() throws Exception {
        for (Runnable call : callsOf(connection())) {
            Trespass.assertCaught(call);
        }
    }

    @Test
    void catchesAnotherThreadThatEndsAConnection() throws Exception {
        Iterator<Connection> fresh = new ArrayDeque<>(List.of(connection(), connection())).iterator();

        Trespass.assertCaught(() -> fresh.next().close(CloseReason.of(Kind.SERVICE_GONE)));
    }

    private static List<Runnable> callsOf(Connection connection) {
        return List.of(
                connection::watchLimit,
                connection::deferToTurnEnd,
                connection::updateInterest,
                connection::pauseReading,
                connection::shutdownOutput);
    }

    /** One that the worker has, and that is neither open nor to be ended. */
    private Connection connection() {
        Connection connection = new Connection(0);
        connection.assign(1, binding, 0);
        connection.adoptedBy(worker);
        return connection;
    }
}
