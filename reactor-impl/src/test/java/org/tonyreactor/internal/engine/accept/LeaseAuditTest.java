package org.tonyreactor.internal.engine.accept;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.Bounded;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.Connection;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.connection.Worker;
import org.tonyreactor.internal.engine.connection.WorkerGroup;
import org.tonyreactor.internal.engine.connection.WorkerProxy;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.internal.engine.wire.memory.MemoryNetwork;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;

/** What an Error may leave behind of a slot, by an engine of one worker that the test steps. */
class LeaseAuditTest {
    private static final Log LOG = Log.named("test");
    private static final int TURNS = 8;

    private final ManualClock clock = new ManualClock(TimeUnit.SECONDS.toNanos(1));
    private final MemoryNetwork network = new MemoryNetwork();
    private final Multiplexer peersLoop = network.openMultiplexer(1_024);
    private final EventLoop acceptorLoop = new EventLoop("acceptor", clock, network.openMultiplexer(4_096));
    private final EventLoop workerLoop = new EventLoop("worker", clock, network.openMultiplexer(1_024));
    private final Network.Pair tokens = network.openPairs(1).get(0);
    private final Worker worker = new Worker(0, workerLoop, network, new RefusedPeers(), tokens.first());
    private final Acceptor acceptor = new Acceptor(
            acceptorLoop,
            network,
            new WorkerGroup(List.of(new WorkerProxy(worker))),
            new RefusedPeers(),
            EngineSettings.defaults().withWorkers(1));
    private final FactoryBinding binding =
            new FactoryBinding(EndpointSettings.port(0), Rank.NO_SERVICE, peer -> new Echo(), 1);
    private final List<InetSocketAddress> bound = new ArrayList<>();

    LeaseAuditTest() throws IOException {}

    @BeforeEach
    void bind() throws IOException {
        acceptor.receiveTokens(List.of(tokens.second()));
        step();
        acceptor.onBind(binding, bound::add);
        step();
    }

    @Test
    void takesBackASlotThatNobodyWasGiven() {
        assertNotNull(acceptor.pool().acquire());

        errorStrikes();

        assertEquals(0, acceptor.pool().used());
    }

    @Test
    void takesBackASlotWhoseTokenWasTorn() throws IOException {
        Wire peer = connect();
        tokens.first().write(ByteBuffer.allocate(1)); // Shifts all that follow.
        end(peer);
        assertEquals(1, acceptor.pool().used());

        errorStrikes();

        assertEquals(0, acceptor.pool().used());
        assertEquals(0, acceptor.loads().load(0));
    }

    @Test
    void tokensComeAfterItAsBefore() throws IOException {
        tokens.first().write(ByteBuffer.allocate(1));
        errorStrikes();

        end(connect());

        assertEquals(0, acceptor.pool().used());
        assertEquals(0, acceptor.pool().ignoredTokens());
    }

    @Test
    void endsAConnectionThatWasNeverAdopted() throws IOException {
        Network.Pair pair = network.openPairs(1).get(0);
        pair.second().attach(peersLoop, ops -> {});
        Connection slot = requireNonNull(acceptor.pool().acquire());
        slot.assign(pair.first());
        slot.assign(7, binding, 0);

        errorStrikes();

        assertEquals(0, acceptor.pool().used());
        assertEquals("IOException", read(pair.second()));
    }

    @Test
    void takesBackASlotThatWasDoneWithAndNotReleased() throws IOException {
        Connection slot = requireNonNull(acceptor.pool().acquire());
        slot.assign(7, binding, 0);
        slot.endLease();
        slot.lease(slot.generation());

        errorStrikes();

        assertEquals(0, acceptor.pool().used());
    }

    @Test
    void leavesLiveConnectionsAlone() throws IOException {
        Wire first = connect();
        Wire second = connect();

        errorStrikes();

        assertEquals(2, acceptor.pool().used());
        assertEquals(2, acceptor.loads().load(0));
        assertEquals("one", answer(first, "one"));
        assertEquals("two", answer(second, "two"));
        end(first);
        end(second);
        assertEquals(0, acceptor.pool().used());
    }

    @Test
    void waitsWhileErrorsComeButNotForEver() {
        assertNotNull(acceptor.pool().acquire());
        for (int period = 1; period < LeaseAudit.MAX_PERIODS_WAITED; period++) {
            fail(new InternalError("on purpose"));
            passAPeriod();
            assertEquals(1, acceptor.pool().used(), "after period " + period);
        }

        fail(new InternalError("on purpose"));
        passAPeriod();

        assertEquals(0, acceptor.pool().used());
    }

    @Test
    void anExceptionIsNoReason() {
        assertNotNull(acceptor.pool().acquire());

        fail(new IllegalStateException("on purpose"));
        fail(new NoClassDefFoundError("on purpose"));
        passAPeriod();
        passAPeriod();

        assertEquals(1, acceptor.pool().used());
    }

    private void errorStrikes() {
        fail(new InternalError("on purpose"));
        passAPeriod();
        passAPeriod();
    }

    private static void fail(Throwable e) {
        FailureReport.failed(LOG, "a test", "all", e);
    }

    private void passAPeriod() {
        clock.advanceMillis(LeaseAudit.PERIOD_MILLIS);
        step();
    }

    private void step() {
        for (int turn = 0; turn < TURNS; turn++) {
            acceptorLoop.runOnce(clock.nanoTime());
            workerLoop.runOnce(clock.nanoTime());
        }
    }

    private Wire connect() throws IOException {
        Wire peer = network.connect(bound.get(0));
        peer.interest(Wire.CONNECT);
        peer.attach(peersLoop, ops -> {});
        Bounded.until("a connection", peer::finishConnect, this::turnPeers);
        step();
        assertEquals("hello", answer(peer, "hello"));
        return peer;
    }

    private void end(Wire peer) throws IOException {
        peer.shutdownOutput();
        turnPeers();
        step();
    }

    private String answer(Wire peer, String text) throws IOException {
        peer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        peer.flush();
        turnPeers();
        step();
        return read(peer);
    }

    private String read(Wire peer) throws IOException {
        try {
            turnPeers();
            ByteBuffer read = peer.read();
            if (read == null) {
                return "nothing";
            }
            byte[] bytes = new byte[read.remaining()];
            read.get(bytes);
            return new String(bytes, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "IOException";
        }
    }

    private void turnPeers() throws IOException {
        peersLoop.poll(0);
        peersLoop.dispatch(Multiplexer.ReadyHandler::onReady);
    }

    private static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            write(data);
        }
    }
}
