package org.tonyreactor.internal.whiteboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointProperty;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.transport.CloseReason;

class FactoryWhiteboardTest {
    private static final ProtocolFactory ECHO = peer -> new Protocol() {
        @Override
        public void dataReceived(ByteBuffer data) {
            write(data);
        }
    };

    private Engine engine;
    private FactoryWhiteboard whiteboard;

    @BeforeEach
    void start() throws IOException {
        engine = Engine.start(EngineSettings.defaults().withWorkers(1));
        whiteboard = new FactoryWhiteboard(new ServingContext(
                engine,
                new DeclarationReader(EndpointProperty.all(), Map.of("reactor.engine.name", "default")),
                new Predecessors(engine),
                engine.newReactor(),
                new ChangeCount(),
                new ClassLoaderLeaks(() -> 0)));
    }

    @AfterEach
    void stop() {
        engine.close();
        whiteboard.close();
    }

    @Test
    void bindsAndGivesBack() {
        FakeOffer offer = new FakeOffer(1, Map.of("reactor.port", 0, "reactor.hold.timeout.millis", 0), () -> ECHO);

        whiteboard.add(offer);

        assertEquals(List.of(State.BOUND), states());

        whiteboard.remove(1);

        assertEquals(List.of(), states());
        assertEquals(1, offer.gets.get());
        assertEquals(1, offer.ungets.get());
    }

    @Test
    void doesNotGetAServiceItCannotServe() {
        FakeOffer offer = new FakeOffer(1, Map.of("reactor.port", "x"), () -> ECHO);

        whiteboard.add(offer);

        assertEquals(0, offer.gets.get());
        assertEquals(1, whiteboard.failures().size());
    }

    @Test
    void triesAServiceAgainThatThrewAndOneThatIsNull() {
        CountDownLatch attempts = new CountDownLatch(3);
        CountDownLatch failureSeen = new CountDownLatch(1);
        FakeOffer offer = new FakeOffer(1, Map.of("reactor.port", 0), () -> {
            attempts.countDown();
            if (attempts.getCount() == 2) {
                throw new LinkageError("on purpose");
            }
            awaitOpen(failureSeen);
            return attempts.getCount() == 1 ? null : ECHO;
        });

        whiteboard.add(offer);

        FailedEndpointDTO failure = whiteboard.failures().get(0);
        failureSeen.countDown();
        assertEquals(FailedEndpointDTO.REASON_SERVICE_NOT_GETTABLE, failure.reason);
        assertTrue(failure.message.contains("on purpose"), failure.message);
        await().atMost(Duration.ofSeconds(5)).until(() -> states().equals(List.of(State.BOUND)));
        assertEquals(List.of(), whiteboard.failures());
    }

    @Test
    void givesAServiceBackThatComesAfterItsUnregistration() throws InterruptedException {
        CountDownLatch getting = new CountDownLatch(1);
        CountDownLatch removed = new CountDownLatch(1);
        FakeOffer offer = new FakeOffer(1, Map.of("reactor.port", 0), () -> {
            getting.countDown();
            awaitOpen(removed);
            return ECHO;
        });
        Thread adding = new Thread(() -> whiteboard.add(offer));
        adding.start();
        awaitOpen(getting);

        whiteboard.remove(1);
        removed.countDown();
        adding.join();

        assertEquals(List.of(), states());
        assertEquals(1, offer.ungets.get());
    }

    @Test
    void servesTheNewestPropertiesThatCameWhileTheServiceWasGot() throws InterruptedException {
        CountDownLatch getting = new CountDownLatch(1);
        CountDownLatch updated = new CountDownLatch(1);
        FakeOffer offer = new FakeOffer(1, Map.of("reactor.port", 0, "reactor.name", "old"), () -> {
            getting.countDown();
            awaitOpen(updated);
            return ECHO;
        });
        Thread adding = new Thread(() -> whiteboard.add(offer));
        adding.start();
        awaitOpen(getting);

        offer.modify(Map.of("reactor.port", 0, "reactor.name", "new"));
        whiteboard.update(1);
        updated.countDown();
        adding.join();

        assertEquals("new", engine.bindings().get(0).binding().name());
        assertEquals(1, offer.gets.get());
    }

    @Test
    void takesNothingMoreOnceItIsClosed() {
        engine.close();
        whiteboard.close();
        FakeOffer offer = new FakeOffer(1, Map.of("reactor.port", 0), () -> ECHO);

        whiteboard.add(offer);

        assertEquals(offer.gets.get(), offer.ungets.get());
        assertEquals(List.of(), whiteboard.failures());
    }

    @Test
    void endsPromptlyWhenTheEngineStopsMeanwhile() {
        FakeOffer offer = new FakeOffer(1, Map.of("reactor.port", 0), () -> ECHO);
        whiteboard.add(offer);
        engine.close();
        long started = System.nanoTime();

        whiteboard.update(1);
        offer.modify(Map.of("reactor.port", List.of(0, 0)));
        whiteboard.remove(1);

        assertTrue(System.nanoTime() - started < Duration.ofSeconds(2).toNanos());
        assertEquals(1, offer.ungets.get());
    }

    @Test
    void tellsAConnectionOnceWhenTheEngineStopsWhileItsFactoryDrains() throws Exception {
        AtomicInteger received = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        FakeOffer offer = new FakeOffer(
                1,
                Map.of("reactor.port", 0, "reactor.drain.timeout.millis", 60_000),
                () -> peer -> new Protocol() {
                    @Override
                    public void dataReceived(ByteBuffer data) {
                        received.incrementAndGet(); // What is left unread has to be waited for.
                    }

                    @Override
                    public void connectionLost(CloseReason reason) {
                        lost.incrementAndGet();
                    }
                });
        whiteboard.add(offer);
        try (Socket peer = new Socket(
                InetAddress.getLoopbackAddress(), engine.bindings().get(0).port())) {
            peer.getOutputStream().write(1);
            await().until(() -> received.get() == 1);
            Thread removing = new Thread(() -> whiteboard.remove(1));
            removing.start();
            await().until(() -> states().contains(State.DRAINING));
            engine.update(new EngineSettings(1, 64, 0, 65_536, 256, 2_000, 200));
            long started = System.nanoTime();

            engine.close();
            removing.join(10_000);

            assertTrue(System.nanoTime() - started < Duration.ofSeconds(4).toNanos());
            assertEquals(1, lost.get());
            assertEquals(1, offer.ungets.get());
        }
    }

    @Test
    void comesToRestWithNothingServedWhateverTheOrderOfEvents() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<FakeOffer> offers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            FakeOffer offer = new FakeOffer(i, Map.of("reactor.port", 0, "reactor.hold.timeout.millis", 0), () -> ECHO);
            offers.add(offer);
            threads.add(new Thread(() -> churn(offer)));
            threads.add(new Thread(() -> churn(offer)));
        }

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        offers.forEach(offer -> whiteboard.remove(offer.serviceId()));

        assertEquals(List.of(), states());
        offers.forEach(offer -> assertEquals(offer.gets.get(), offer.ungets.get()));
    }

    private void churn(FakeOffer offer) {
        Random random = new Random(offer.serviceId());
        whiteboard.add(offer);
        for (int i = 0; i < 50; i++) {
            offer.modify(
                    random.nextBoolean()
                            ? Map.of(
                                    "reactor.port",
                                    0,
                                    "reactor.hold.timeout.millis",
                                    0,
                                    "reactor.host",
                                    "127.0.0." + (1 + random.nextInt(3)))
                            : Map.of("reactor.port", "x"));
            whiteboard.update(offer.serviceId());
        }
        whiteboard.remove(offer.serviceId());
    }

    private List<State> states() {
        return engine.bindings().stream().map(BindingView::state).toList();
    }

    private static void awaitOpen(CountDownLatch latch) {
        await().atMost(Duration.ofSeconds(5)).until(() -> latch.getCount() == 0);
    }
}
