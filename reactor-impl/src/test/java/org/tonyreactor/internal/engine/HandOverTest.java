package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.accept.Acceptor;
import org.tonyreactor.internal.engine.accept.Admission;
import org.tonyreactor.internal.engine.accept.ConnectionPool;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.AttemptFixture;
import org.tonyreactor.internal.engine.connection.ConnectAttempt;
import org.tonyreactor.internal.engine.connection.Connection;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.connection.Worker;
import org.tonyreactor.internal.engine.connection.WorkerGroup;
import org.tonyreactor.internal.engine.connection.WorkerProxy;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.loop.Owner;
import org.tonyreactor.internal.engine.loop.RecordingMultiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;
import org.tonyreactor.internal.engine.wire.nio.NioPair;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason;

/** A slot on its way from the acceptor to a worker, back, and to another worker; each loop is stepped by itself. */
class HandOverTest {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final ManualClock clock = new ManualClock(1_000_000_000);
    private final FactoryBinding binding =
            new FactoryBinding(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, peer -> new ClosingProtocol(), 2);
    private final Network network = new NioNetwork();
    private final List<Worker> workers = new ArrayList<>();

    @BeforeEach
    void makeWorkers() throws IOException {
        for (NioPair loopback : NioPair.open(2, address -> {})) {
            open.add(loopback::close);
            EventLoop loop = new EventLoop("worker", clock, NioPair.multiplexer());
            open.add(loop::stop);
            workers.add(new Worker(workers.size(), loop, network, new RefusedPeers(), loopback.workerWire()));
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void leavesNothingOfASlotBehindOnTheWorkerThatHasReleasedIt() throws IOException {
        ConnectionPool pool = new ConnectionPool(Owner.ANYONE, 1, 1);
        Connection slot = lease(pool, 1);
        adopt(0, slot);
        recycle(pool, slot);
        assertEquals(List.of("made 1", "lost 1"), events);

        assertSame(slot, lease(pool, 2));
        adopt(1, slot); // The first worker has no turn in between.

        assertEquals(List.of("made 1", "lost 1", "made 2", "lost 2"), events);
        recycle(pool, slot);
    }

    @Test
    void touchesNoSlotThatAnotherWorkerHasTakenOver() throws IOException {
        ConnectionPool pool = new ConnectionPool(Owner.ANYONE, 1, 1);
        Connection slot = lease(pool, 1);
        adopt(0, slot);
        recycle(pool, slot);
        lease(pool, 2);
        workers.get(1).loop().runOnce(clock.nanoTime());
        workers.get(1).onAdopt(slot); // It asks to be ended at the end of this turn, which is still to come.

        workers.get(0).loop().runOnce(clock.nanoTime());
        assertEquals(List.of("made 1", "lost 1", "made 2"), events);

        workers.get(1).loop().runOnce(clock.nanoTime());
        assertEquals(List.of("made 1", "lost 1", "made 2", "lost 2"), events);
    }

    @Test
    void freesTheSlotThatAFullMailboxDidNotTake() throws IOException {
        EventLoop acceptorLoop = new EventLoop("acceptor", clock, new RecordingMultiplexer());
        EventLoop workerLoop = workers.get(0).loop();
        Acceptor acceptor = new Acceptor(
                acceptorLoop,
                network,
                new WorkerGroup(List.of(new WorkerProxy(workers.get(0)))),
                new RefusedPeers(),
                EngineSettings.defaults().withWorkers(1));
        fill(workerLoop);
        ConnectAttempt attempt = AttemptFixture.toNowhere(peer -> new ClosingProtocol());

        acceptor.onConnect(attempt, binding);
        assertFalse(attempt.isWanted());
        assertEquals(0, acceptor.pool().used());
        while (workerLoop.runOnce(clock.nanoTime()) > 0) {} // Until it is empty.
        acceptor.onAccepted(accepted(), binding, new Admission());
        workerLoop.runOnce(clock.nanoTime());

        assertEquals(List.of("made 2", "lost 2"), events);
    }

    @Test
    void closesThePeerThatAFullMailboxDidNotTake() throws IOException {
        EventLoop acceptorLoop = new EventLoop("acceptor", clock, new RecordingMultiplexer());
        EventLoop workerLoop = workers.get(0).loop();
        Acceptor acceptor = new Acceptor(
                acceptorLoop,
                network,
                new WorkerGroup(List.of(new WorkerProxy(workers.get(0)))),
                new RefusedPeers(),
                EngineSettings.defaults().withWorkers(1));
        fill(workerLoop);
        Wire wire = accepted();

        acceptor.onAccepted(wire, binding, new Admission());

        assertTrue(wire.isBroken());
        assertEquals(0, acceptor.pool().used());
        assertEquals(0, acceptor.loads().load(0));
        assertEquals(0, binding.openConnections());
        assertEquals(1, acceptor.exhausted());
    }

    private Connection lease(ConnectionPool pool, int id) throws IOException {
        Connection slot = pool.acquire();
        if (slot == null) {
            throw new AssertionError("no slot");
        }
        slot.assign(id, binding, 0);
        slot.assign(accepted());
        return slot;
    }

    private void adopt(int worker, Connection slot) {
        workers.get(worker).loop().post(() -> workers.get(worker).onAdopt(slot));
        workers.get(worker).loop().runOnce(clock.nanoTime());
    }

    private static void recycle(ConnectionPool pool, Connection slot) {
        assertSame(slot, pool.leased(slot.index, slot.generation()));
        pool.recycle(slot);
    }

    private static void fill(EventLoop loop) {
        AtomicInteger mails = new AtomicInteger();
        while (loop.offer(mails::incrementAndGet)) {} // Until it is full.
    }

    /** One end of a connection of which the other stays open. */
    private Wire accepted() throws IOException {
        NioPair pair = NioPair.open();
        open.add(pair::close);
        return pair.acceptorWire();
    }

    private final class ClosingProtocol extends Protocol {
        @Override
        public void connectionMade() {
            events.add("made " + transport().id());
            abortConnection(); // A close would wait for the peer.
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            events.add("data");
        }

        @Override
        public void connectionLost(CloseReason reason) {
            events.add("lost " + transport().id());
        }
    }
}
