package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;

/** A callback that does not return holds up its worker, and nobody else for ever. */
@Timeout(60)
class BlockedWorkerBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    /** More than a stop may take, and less than any of its parts had for itself. */
    private static final long BOUND_SECONDS = 4;

    private final CountDownLatch released = new CountDownLatch(1);
    private final ProtocolFixture factory = new ProtocolFixture();

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void watchdogReportsABlockingCallbackOnceWithItsStack() throws Exception {
        try (LogFixture log = new LogFixture()) {
            factory.data((protocol, data) -> blockOnPurpose());
            fixture.connect(fixture.serve(factory)).send("x");
            factory.next().awaitBegin("data"); // No other turn of this worker can be the one that takes long.

            fixture.engine().update(new EngineSettings(1, 64, 0, 65_536, 256, 40, 2_000));
            eventually(() -> log.text().contains("reactor-worker-0 is held up for"));
            passTime(Duration.ofMillis(200));

            assertTrue(log.text().contains(" ms by a callback of 127.0.0.1:0 that blocks"), log::text);
            assertTrue(log.text().contains("blockOnPurpose"), log::text);
            assertEquals(1, log.text().split("is held up for", -1).length - 1, log::text);
            released.countDown();
        }
    }

    @Test
    void watchdogCanBeTurnedOnWhileTheEngineRuns() throws Exception {
        try (LogFixture log = new LogFixture()) {
            factory.data((protocol, data) -> blockOnPurpose());
            fixture.connect(fixture.serve(factory)).send("x");
            factory.next().awaitBegin("data");

            fixture.engine().update(new EngineSettings(1, 64, 0, 65_536, 256, 40, 2_000));

            eventually(() -> log.text().contains("reactor-worker-0 is held up for"));
            released.countDown();
        }
    }

    @Test
    void otherWorkersAndTheAcceptorGoOn() throws Exception {
        fixture.start(EngineFixture.ONE_WORKER.withWorkers(2));
        factory.data((protocol, data) -> blockOnPurpose());
        fixture.connect(fixture.serve(factory)).send("x");
        factory.next().awaitBegin("data");

        ClientFixture other = fixture.connect(fixture.serve(ProtocolFixture.echo()));

        assertEquals("on", other.send("on").readText(2));
    }

    @Test
    void heldUpWorkerGetsNoNewConnections() throws Exception {
        fixture.start(EngineFixture.ONE_WORKER.withWorkers(2));
        factory.data((protocol, data) -> blockOnPurpose());
        fixture.connect(fixture.serve(factory)).send("x");
        factory.next().awaitBegin("data");
        passTime(Duration.ofMillis(100));
        FactoryBinding echo = fixture.serve(ProtocolFixture.echo());

        for (int i = 0; i < 6; i++) {
            assertEquals("on", fixture.connect(echo).send("on").readText(2));
        }

        released.countDown();
    }

    @Test
    void closingABindingOrTheEngineReturnsInBoundedTime() throws Exception {
        factory.data((protocol, data) -> blockOnPurpose());
        fixture.start(new EngineSettings(1, 64, 0, 65_536, 256, 0, 0));
        FactoryBinding binding =
                fixture.serve(EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(0)), factory);
        fixture.connect(binding).send("x");
        factory.next().awaitBegin("data");
        try (LogFixture log = new LogFixture()) {
            Engine engine = fixture.engine();

            CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> engine.close(binding));
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(engine::close);

            assertFalse(closed.get(30, TimeUnit.SECONDS));
            stopped.get(30, TimeUnit.SECONDS);
            assertTrue(log.text().contains("blockOnPurpose"), log::text);
        }
        released.countDown();
        factory.all().get(0).awaitLost();
    }

    @Test
    void stopTimeoutBoundsTheWholeStop() throws Exception {
        blockAWorkerOf(1);
        Engine engine = fixture.engine();

        CompletableFuture.runAsync(engine::close).get(BOUND_SECONDS, TimeUnit.SECONDS);

        released.countDown();
    }

    @Test
    void stopTimeoutBoundsWhatIsWaitedForBeforeTheStop() throws Exception {
        FactoryBinding binding = blockAWorkerOf(1);
        Engine engine = fixture.engine();
        engine.beginStop();

        CompletableFuture.supplyAsync(() -> engine.close(binding)).get(BOUND_SECONDS, TimeUnit.SECONDS);
        CompletableFuture.runAsync(engine::close).get(BOUND_SECONDS, TimeUnit.SECONDS);

        released.countDown();
    }

    @Test
    void stopTimeoutBoundsAStopInsideACallback() throws Exception {
        blockAWorkerOf(2);
        Engine engine = fixture.engine();
        ProtocolFixture stopping = new ProtocolFixture().data((protocol, data) -> {
            protocol.take(data);
            engine.close();
        });
        ClientFixture client = fixture.connect(fixture.serve(stopping));
        try (LogFixture log = new LogFixture()) {
            client.send("x");

            eventually(() -> log.text().contains("stopped"));
        }
        client.expectEnd();
        released.countDown();
    }

    /** One of them is held up by a callback until the test ends; the engine stops in half a second. */
    private FactoryBinding blockAWorkerOf(int workers) throws Exception {
        factory.data((protocol, data) -> blockOnPurpose());
        fixture.start(new EngineSettings(workers, 64, 0, 65_536, 256, 0, 500));
        FactoryBinding binding = fixture.serve(factory);
        fixture.connect(binding).send("x");
        factory.next().awaitBegin("data");
        return binding;
    }

    private void blockOnPurpose() throws InterruptedException {
        released.await(50, TimeUnit.SECONDS);
    }

    private void passTime(Duration time) throws Exception {
        CountDownLatch passed = new CountDownLatch(1);
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(passed::countDown);
        EngineFixture.await(passed);
    }
}
