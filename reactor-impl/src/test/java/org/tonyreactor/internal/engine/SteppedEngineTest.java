package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.ScheduledCall;
import org.tonyreactor.transport.Transport;

/** The whole engine on one thread: a turn of each loop is a step, and time passes when the test says so. */
class SteppedEngineTest {
    private final ManualClock clock = new ManualClock(1_000_000_000);
    private final List<String> events = new ArrayList<>();
    private final List<Recorder> protocols = new ArrayList<>();
    private final List<SocketChannel> clients = new ArrayList<>();
    private @Nullable Engine running;

    @AfterEach
    void stop() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
        engine().close();
        steps(3);
    }

    @Test
    void takesAConnectionThroughItsLifeInOrder() throws IOException {
        InetSocketAddress address = serve(1, 4, 0, EndpointSettings.DEFAULTS);
        SocketChannel client = connect(address);
        stepUntil("made", () -> events.contains("made 1"));
        events.add("used " + engine().view().poolUsed());

        send(client, "hello");
        assertEquals("hello", receive(client, 5));
        events.add("echoed");
        client.close();
        stepUntil("lost", () -> events.contains("lost 1 CLOSED_BY_PEER"));
        events.add("used " + engine().view().poolUsed());
        stepUntil("recycled", () -> engine().view().poolUsed() == 0);
        events.add("recycled");

        assertEquals(
                List.of("made 1", "used 1", "data 1", "echoed", "lost 1 CLOSED_BY_PEER", "used 1", "recycled"), events);
        assertEquals(0, engine().view().ignoredTokens());
        assertEquals(0, engine().view().workers().get(0).connections());
    }

    @Test
    void tellsTheProtocolAndThePeerOfTheEndInTheSameTurn() throws IOException {
        SocketChannel client = connect(serve(1, 4, 0, EndpointSettings.DEFAULTS));
        stepUntil("made", () -> events.contains("made 1"));
        transport(0).close();
        assertEquals(0, client.read(ByteBuffer.allocate(1)));

        steps(1);

        assertEquals(List.of("made 1", "lost 1 CLOSED_BY_PROTOCOL"), events);
        assertEquals(-1, client.read(ByteBuffer.allocate(1)));
    }

    @Test
    void recyclesSlotOnlyAfterTokenReturns() throws IOException {
        InetSocketAddress address = serve(1, 1, 1, EndpointSettings.DEFAULTS);
        connect(address).close();
        stepUntil("the first to be lost", () -> events.contains("lost 1 CLOSED_BY_PEER"));
        assertEquals(1, engine().view().poolUsed(), "the token has not been read yet");

        stepUntil("the token", () -> engine().view().poolUsed() == 0);
        connect(address);
        stepUntil("the second", () -> events.contains("made 2"));

        assertEquals(1, engine().view().poolCapacity());
        assertEquals(0, engine().view().exhausted());
    }

    @Test
    void refusesAConnectionWhileTheOnlySlotServes() throws IOException {
        InetSocketAddress address = serve(1, 1, 1, EndpointSettings.DEFAULTS);
        connect(address);
        stepUntil("the first", () -> events.contains("made 1"));

        SocketChannel second = connect(address);
        stepUntil("a refusal", () -> engine().view().exhausted() == 1);

        stepUntil("the end", () -> second.read(ByteBuffer.allocate(1)) < 0);
        assertEquals(List.of("made 1"), events);
    }

    @Test
    void givesEachConnectionAnIdOfItsOwn() throws IOException {
        InetSocketAddress address = serve(2, 2, 0, EndpointSettings.DEFAULTS);
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 5; i++) {
                connect(address);
            }
            int expected = (round + 1) * 5;
            stepUntil("accepting", () -> protocols.size() == expected);
            closeClients();
            stepUntil("recycling", () -> engine().view().poolUsed() == 0);
        }

        assertEquals(50, new HashSet<>(protocols.stream().map(Recorder::id).toList()).size());
    }

    @Test
    void assignsTheLeastLoadedWorker() throws IOException {
        InetSocketAddress address = serve(3, 4, 0, EndpointSettings.DEFAULTS);
        List<SocketChannel> six = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            six.add(connect(address));
            int count = i;
            stepUntil("accepting", () -> protocols.size() == count);
        }
        assertEquals(List.of(2, 2, 2), loads());

        six.get(1).close();
        six.get(4).close();
        stepUntil("recycling", () -> engine().view().poolUsed() == 4);
        assertEquals(List.of(2, 0, 2), loads());

        connect(address);
        connect(address);
        stepUntil("accepting", () -> protocols.size() == 8);
        assertEquals(List.of(2, 2, 2), loads());
    }

    @Test
    void closesAnIdleConnectionAtItsTimeAndNotBefore() throws IOException {
        InetSocketAddress address =
                serve(1, 4, 0, EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withIdleTimeoutMillis(1_000)));
        connect(address);
        stepUntil("made", () -> events.contains("made 1"));

        clock.advanceMillis(999);
        steps(3);
        assertEquals(List.of("made 1"), events);

        clock.advanceMillis(1);
        steps(1);
        assertEquals(List.of("made 1", "lost 1 IDLE_TIMEOUT"), events);
    }

    @Test
    void countsTheIdleTimeFromTheLastTraffic() throws IOException {
        InetSocketAddress address =
                serve(1, 4, 0, EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withIdleTimeoutMillis(1_000)));
        SocketChannel client = connect(address);
        stepUntil("made", () -> events.contains("made 1"));
        clock.advanceMillis(600);
        send(client, "x");
        stepUntil("data", () -> events.contains("data 1"));
        events.clear();

        clock.advanceMillis(999);
        steps(3);
        assertEquals(List.of(), events);

        clock.advanceMillis(1);
        steps(1);
        assertEquals(List.of("lost 1 IDLE_TIMEOUT"), events);
    }

    @Test
    void appliesAChangedIdleTimeToLiveConnections() throws IOException {
        InetSocketAddress address = serve(1, 4, 0, EndpointSettings.DEFAULTS);
        connect(address);
        stepUntil("made", () -> events.contains("made 1"));
        FactoryBinding binding = engine().bindings().get(0).binding();

        clock.advanceMillis(400);
        engine().update(binding, EndpointSettings.port(0).withLimits(Limits.DEFAULTS.withIdleTimeoutMillis(500)));
        steps(2);
        clock.advanceMillis(99);
        steps(2);
        assertEquals(List.of("made 1"), events);

        clock.advanceMillis(1);
        steps(1);
        assertEquals(List.of("made 1", "lost 1 IDLE_TIMEOUT"), events);
    }

    @Test
    void firesATimerAtItsTime() throws IOException {
        InetSocketAddress address = serve(1, 4, 0, EndpointSettings.DEFAULTS);
        connect(address);
        stepUntil("made", () -> events.contains("made 1"));
        transport(0).callLater(Duration.ofMillis(50), () -> events.add("timer"));
        steps(1);

        clock.advanceMillis(49);
        steps(2);
        assertFalse(events.contains("timer"));

        clock.advanceMillis(1);
        steps(1);
        assertTrue(events.contains("timer"));
    }

    @Test
    void letsTimersDieWithTheirConnection() throws IOException {
        InetSocketAddress address = serve(1, 1, 1, EndpointSettings.DEFAULTS);
        SocketChannel client = connect(address);
        stepUntil("made", () -> events.contains("made 1"));
        List<ScheduledCall> timers = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            timers.add(transport(0).callLater(Duration.ofMillis(i * 10L), () -> events.add("timer")));
        }
        steps(1);
        assertEquals(20, engine().view().workers().get(0).timers());

        client.close();
        stepUntil("lost", () -> events.contains("lost 1 CLOSED_BY_PEER"));
        assertEquals(0, engine().view().workers().get(0).timers());
        assertTrue(timers.stream().allMatch(ScheduledCall::isDone));

        stepUntil("recycling", () -> engine().view().poolUsed() == 0);
        connect(address);
        stepUntil("the next", () -> events.contains("made 2"));
        clock.advanceMillis(1_000);
        steps(3);
        assertFalse(events.contains("timer"));
    }

    @Test
    void doesNothingForATransportWhoseConnectionIsLost() throws IOException {
        InetSocketAddress address = serve(1, 1, 1, EndpointSettings.DEFAULTS);
        connect(address).close();
        stepUntil("recycling", () -> events.size() == 2 && engine().view().poolUsed() == 0);
        SocketChannel next = connect(address);
        stepUntil("the next", () -> events.contains("made 2"));
        Transport dead = transport(0);

        dead.write(ByteBuffer.wrap(new byte[100]));
        dead.pauseReading();
        ScheduledCall timer = dead.callLater(Duration.ZERO, () -> events.add("timer of the dead"));
        boolean executed = dead.execute(() -> events.add("task of the dead"));
        dead.shutdownOutput();
        dead.close();
        dead.abort();
        clock.advanceMillis(10);
        steps(3);

        assertFalse(executed);
        assertFalse(dead.isOpen());
        assertEquals(0, dead.pendingBytes());
        assertTrue(timer.isDone());
        assertEquals(List.of("made 1", "lost 1 CLOSED_BY_PEER", "made 2"), events);
        send(next, "still served");
        assertEquals("still served", receive(next, 12));
    }

    @Test
    void tellsTheProtocolOnceAlthoughItIsClosedAndAbortedAtOnce() throws IOException {
        InetSocketAddress address = serve(1, 1, 1, EndpointSettings.DEFAULTS);
        connect(address);
        stepUntil("made", () -> events.contains("made 1"));

        transport(0).close();
        transport(0).close();
        transport(0).abort();
        transport(0).abort();
        stepUntil("recycling", () -> engine().view().poolUsed() == 0);
        steps(3);

        assertEquals(List.of("made 1", "lost 1 CLOSED_BY_PROTOCOL"), events);
        assertEquals(0, engine().view().ignoredTokens());
    }

    @Test
    void endsEachConnectionOnceWhenTheBindingIsClosed() throws IOException {
        InetSocketAddress address = serve(2, 4, 0, EndpointSettings.DEFAULTS);
        connect(address);
        connect(address);
        stepUntil("made", () -> protocols.size() == 2);
        FactoryBinding binding = engine().bindings().get(0).binding();

        engine().close(binding);
        stepUntil("the end", () -> protocols.stream().allMatch(each -> each.lost == 1));
        closeClients();
        stepUntil("recycling", () -> engine().view().poolUsed() == 0);

        assertTrue(protocols.stream().allMatch(each -> each.lost == 1 && each.reason == Kind.SERVICE_GONE));
        assertEquals(List.of(), engine().bindings());
    }

    private Engine engine() {
        Engine engine = running;
        if (engine == null) {
            throw new AssertionError("nothing is served yet");
        }
        return engine;
    }

    private InetSocketAddress serve(int workers, int poolInitial, int poolMax, EndpointSettings settings)
            throws IOException {
        Engine engine = Engine.stepped(
                new EngineSettings(workers, poolInitial, poolMax, 4_096, 16, 0, 1_000), clock, new NioNetwork());
        running = engine;
        ProtocolFactory factory = peer -> {
            Recorder protocol = new Recorder();
            protocols.add(protocol);
            return protocol;
        };
        engine.bind(settings, Rank.NO_SERVICE, factory);
        steps(1);
        BindingView view = engine.bindings().get(0);
        assertEquals(BindingView.State.BOUND, view.state());
        return new InetSocketAddress(view.host(), view.port());
    }

    private SocketChannel connect(InetSocketAddress address) throws IOException {
        SocketChannel client = SocketChannel.open(address);
        client.configureBlocking(false);
        clients.add(client);
        return client;
    }

    private void closeClients() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    private List<Integer> loads() {
        return engine().view().workers().stream()
                .map(EngineView.WorkerView::connections)
                .toList();
    }

    private Transport transport(int connection) {
        return protocols.get(connection).transport();
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            engine().step();
        }
    }

    private void stepUntil(String what, Bounded.Condition condition) throws IOException {
        Bounded.until(what, condition, () -> engine().step());
    }

    private static void send(SocketChannel client, String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private String receive(SocketChannel client, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        stepUntil(bytes + " bytes", () -> client.read(buffer) < 0 || !buffer.hasRemaining());
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
    }

    /** An echo that writes down what it is told. */
    private final class Recorder extends Protocol {
        private int lost;
        private Kind reason = Kind.REFUSED;

        long id() {
            return transport().id();
        }

        @Override
        public void connectionMade() {
            events.add("made " + id());
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            events.add("data " + id());
            write(data);
        }

        @Override
        public void connectionLost(CloseReason why) {
            lost++;
            reason = why.kind();
            events.add("lost " + id() + " " + reason);
        }
    }
}
