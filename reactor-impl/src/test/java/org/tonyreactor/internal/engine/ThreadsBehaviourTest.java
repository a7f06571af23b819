package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.transport.Transport;

/** Which thread runs what, in which order. That callbacks are never two at once is checked by the fixture for every test. */
@Timeout(60)
class ThreadsBehaviourTest {
    private static final int SEED = 20_240;

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @Test
    void callbacksUnderLoadAreNeverTwoAtOnceAndStayOnOneWorker() throws Exception {
        fixture.start(EngineFixture.ONE_WORKER.withWorkers(3));
        int clients = 12;
        byte[] sent = new byte[400_000];
        new Random(SEED).nextBytes(sent);
        AtomicInteger turn = new AtomicInteger();
        factory.data((protocol, data) -> {
            protocol.write(data);
            switch (turn.incrementAndGet() % 4) {
                case 0 -> protocol.callLater(Duration.ZERO, () -> asCallback(protocol, "timer"));
                case 1 -> protocol.transport().execute(() -> asCallback(protocol, "task"));
                case 2 -> {
                    protocol.transport().pauseReading();
                    protocol.transport().execute(() -> protocol.transport().resumeReading());
                }
                default -> {}
            }
        });
        FactoryBinding binding = fixture.serve(factory);
        ExecutorService peers = Executors.newFixedThreadPool(clients);

        List<Future<Integer>> echoed = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            ClientFixture client = fixture.connect(binding);
            echoed.add(peers.submit(() -> client.readToEndComparing(sent)));
            echoed.add(peers.submit(() -> {
                client.send(sent).finish();
                return sent.length;
            }));
        }

        for (Future<Integer> each : echoed) {
            assertEquals(sent.length, each.get(), "seed " + SEED);
        }
        peers.shutdown();
        eventually(() -> binding.openConnections() == 0);
        assertTrue(
                factory.all().stream().allMatch(protocol -> protocol.threads().size() == 1));
    }

    private static void asCallback(ProtocolFixture.Recorded protocol, String what) {
        try {
            protocol.call(what, called -> called.transport().pendingBytes());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shortConnectionsThatReuseSlotsOfOtherWorkersEndOnceEach() throws Exception {
        fixture.start(new EngineSettings(4, 1, 0, 4_096, 256, 0, 2_000));
        factory.data((protocol, data) -> {
            protocol.write(data);
            protocol.closeConnection();
        });
        FactoryBinding binding = fixture.serve(factory);
        int port = fixture.port(binding);
        ExecutorService peers = Executors.newFixedThreadPool(8);

        List<Future<?>> outcomes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            outcomes.add(peers.submit(() -> {
                for (int n = 0; n < 400; n++) {
                    try (ClientFixture client = ClientFixture.connect(port)) {
                        assertEquals(3, client.send("abc").readToEnd().length);
                    }
                }
                return true;
            }));
        }

        for (Future<?> each : outcomes) {
            each.get();
        }
        peers.shutdown();
        eventually(
                () -> binding.openConnections() == 0 && fixture.engine().view().poolUsed() == 0);
        assertEquals(3_200, binding.acceptedConnections());
        assertEquals(0, fixture.engine().view().ignoredTokens());
    }

    @Test
    void tasksRunOnTheWorkerInTheirOrder() throws Exception {
        fixture.connect(fixture.serve(factory));
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");
        List<Integer> order = new CopyOnWriteArrayList<>();

        for (int i = 0; i < 500; i++) {
            int number = i;
            assertTrue(protocol.transport().execute(() -> {
                asCallback(protocol, "task");
                order.add(number);
            }));
        }

        eventually(() -> order.size() == 500);
        assertEquals(order.stream().sorted().toList(), order);
        assertEquals(1, protocol.threads().size());
    }

    @OverEveryWire
    void lastChangeOfReadingByAnotherThreadWins() throws Exception {
        ClientFixture client = fixture.connect(fixture.serve(factory));
        ProtocolFixture.Recorded protocol = awaitMade();
        for (int i = 0; i < 10_000; i++) { // More than calls may wait.
            protocol.transport().resumeReading();
            protocol.transport().pauseReading();
        }
        CompletableFuture<Void> applied = new CompletableFuture<>();
        assertTrue(protocol.transport().execute(() -> applied.complete(null)));
        EngineFixture.get(applied);

        client.send("kept");
        CompletableFuture<Void> turned = new CompletableFuture<>();
        protocol.callLater(Duration.ofMillis(5), () -> turned.complete(null));
        EngineFixture.get(turned);
        assertEquals("", protocol.received());

        protocol.transport().pauseReading();
        protocol.transport().resumeReading();

        eventually(() -> protocol.received().equals("kept"));
    }

    @OverEveryWire
    void outputIsShutByAnotherThreadBehindWhatItWrote() throws Exception {
        ClientFixture client = fixture.connect(fixture.serve(factory));
        ProtocolFixture.Recorded protocol = awaitMade();

        protocol.write("last words");
        protocol.transport().shutdownOutput();
        protocol.transport().shutdownOutput();
        protocol.write("dropped");

        assertEquals("last words", new String(client.readToEnd(), StandardCharsets.US_ASCII));
        assertTrue(protocol.transport().isOpen());
    }

    @Test
    void transportOfALostConnectionStaysDeadThoughItsSlotIsReused() throws Exception {
        fixture.start(new EngineSettings(1, 1, 1, 65_536, 256, 0, 2_000));
        FactoryBinding binding = fixture.serve(factory.data(Protocol::write));
        fixture.connect(binding).finish().expectEnd();
        Transport stale = factory.next().transport();
        eventually(() -> fixture.engine().view().poolUsed() == 0);
        ClientFixture successor = fixture.connect(binding);
        ProtocolFixture.Recorded live = awaitMade();

        stale.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        stale.close();
        stale.abort();
        assertFalse(stale.execute(() -> fail("a task of a dead connection ran")));
        assertTrue(stale.callLater(Duration.ZERO, () -> fail("a timer of a dead connection ran"))
                .isDone());
        live.transport().execute(() -> {
            stale.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            stale.pauseReading();
            stale.shutdownOutput();
            stale.abort();
        });

        assertFalse(stale.isOpen());
        assertEquals("alive", successor.send("alive").readText(5));
    }

    @Test
    void interruptedWorkerGoesOnServing() throws Exception {
        factory.data((protocol, data) -> {
            protocol.write(data);
            Thread.currentThread().interrupt();
        });
        FactoryBinding binding = fixture.serve(factory);
        ClientFixture client = fixture.connect(binding);

        for (int i = 0; i < 100; i++) {
            assertEquals("x", client.send("x").readText(1));
        }

        assertEquals("y", fixture.connect(binding).send("y").readText(1));
        assertEquals(0, fixture.engine().view().workers().get(0).selectorRebuilds());
    }

    @Test
    void workersShareTheConnections() throws Exception {
        fixture.start(EngineFixture.ONE_WORKER.withWorkers(4));
        FactoryBinding binding = fixture.serve(factory);

        for (int i = 0; i < 8; i++) {
            fixture.connect(binding);
            awaitMade();
        }

        assertTrue(fixture.engine().view().workers().stream().allMatch(worker -> worker.connections() == 2));
        assertEquals(
                4,
                factory.all().stream()
                        .flatMap(each -> each.threads().stream())
                        .distinct()
                        .count());
    }

    private ProtocolFixture.Recorded awaitMade() throws InterruptedException {
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");
        return protocol;
    }
}
