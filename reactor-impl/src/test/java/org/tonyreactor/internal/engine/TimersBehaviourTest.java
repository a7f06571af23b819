package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.ScheduledCall;

/** Calls that connections ask for later. */
@Timeout(60)
class TimersBehaviourTest {
    private static final Duration LONG = Duration.ofDays(365 * 100);

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void callOfTheWorkerRunsOnTheWorker() throws Exception {
        AtomicReference<String> thread = new AtomicReference<>("");
        factory.made(protocol -> protocol.callLater(
                Duration.ofMillis(2), () -> thread.set(Thread.currentThread().getName())));
        fixture.connect(fixture.serve(factory));

        eventually(() -> fixture.workerName().equals(thread.get()));
    }

    @OverEveryWire
    void callOfAnotherThreadRunsOnTheWorker() throws Exception {
        AtomicReference<String> thread = new AtomicReference<>("");
        ProtocolFixture.Recorded protocol = connected();

        ScheduledCall call = protocol.callLater(
                Duration.ofMillis(2), () -> thread.set(Thread.currentThread().getName()));

        eventually(() -> fixture.workerName().equals(thread.get()));
        assertTrue(call.isDone());
        assertFalse(call.cancel());
        assertEquals(0, call.remainingMillis());
    }

    @OverEveryWire
    void callThatAnotherThreadCancelsNeverRunsAndLeavesTheWheel() throws Exception {
        ProtocolFixture.Recorded protocol = connected();
        ScheduledCall call = protocol.callLater(LONG, () -> fail("a cancelled call ran"));
        eventually(() -> timersPending() == 1);
        assertTrue(call.remainingMillis() > Duration.ofDays(365 * 99).toMillis());

        assertTrue(call.cancel());

        assertFalse(call.cancel());
        assertTrue(call.isDone());
        eventually(() -> timersPending() == 0);
    }

    @OverEveryWire
    void callsDieWithTheirConnection() throws Exception {
        List<ScheduledCall> calls = new CopyOnWriteArrayList<>();
        factory.made(protocol -> calls.add(protocol.callLater(LONG, () -> fail("a dead call ran"))));
        ProtocolFixture.Recorded protocol = connected();
        calls.add(protocol.callLater(LONG, () -> fail("a dead call ran")));
        eventually(() -> timersPending() == 2);

        protocol.abortConnection();
        protocol.awaitLost();

        assertTrue(calls.stream().allMatch(ScheduledCall::isDone));
        assertEquals(0, timersPending());
    }

    @Test
    void callThatHasNotReachedTheWorkerDiesWithItsConnectionToo() throws Exception {
        CountDownLatch inLost = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        FactoryBinding binding = fixture.serve(factory);
        ClientFixture client = fixture.connect(binding);
        fixture.connect(binding);
        ProtocolFixture.Recorded first = factory.next();
        ProtocolFixture.Recorded second = factory.next();
        factory.lost(protocol -> {
            if (protocol == first) {
                inLost.countDown();
                EngineFixture.await(asked);
            }
        });
        factory.data((protocol, data) -> {
            first.abortConnection();
            second.abortConnection();
        });

        client.send("x");
        EngineFixture.await(inLost);
        ScheduledCall call = second.callLater(LONG, () -> fail("a dead call ran"));
        asked.countDown();

        second.awaitLost();
        assertTrue(call.isDone());
        assertFalse(call.cancel());
    }

    @OverEveryWire
    void callThatEndsTheConnectionKeepsALaterOneFromRunning() throws Exception {
        factory.data((protocol, data) -> {
            protocol.callLater(Duration.ofMillis(1), protocol::abortConnection);
            protocol.callLater(Duration.ofMillis(500), () -> fail("a dead call ran"));
        });
        fixture.connect(fixture.serve(factory)).send("x");

        assertEquals(Kind.ABORTED, factory.next().awaitLost().kind());
        eventually(() -> timersPending() == 0);
    }

    @OverEveryWire
    void changedIdleTimeoutAppliesToAnOpenConnection() throws Exception {
        FactoryBinding binding = fixture.serve(factory);
        ClientFixture client = fixture.connect(binding);
        factory.next().awaitEvent("made");

        fixture.engine()
                .update(binding, EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withIdleTimeoutMillis(20)));

        client.expectEnd();
        assertEquals(Kind.IDLE_TIMEOUT, factory.all().get(0).awaitLost().kind());
    }

    @OverEveryWire
    void trafficPutsTheIdleTimeoutOff() throws Exception {
        ProtocolFixture echo = ProtocolFixture.echo();
        ClientFixture client = fixture.connect(fixture.serve(
                EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withIdleTimeoutMillis(1_500)), echo));
        ProtocolFixture.Recorded protocol = echo.next();
        CountDownLatch ticks = new CountDownLatch(20);
        EngineReactor clock = fixture.engine().newReactor();

        while (ticks.getCount() > 0) {
            CountDownLatch passed = new CountDownLatch(1);
            clock.callLater(Duration.ofMillis(100), passed::countDown);
            EngineFixture.await(passed);
            assertEquals("x", client.send("x").readText(1));
            ticks.countDown();
        }

        assertFalse(protocol.isLost());
        clock.close();
    }

    private ProtocolFixture.Recorded connected() throws Exception {
        fixture.connect(fixture.serve(factory));
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");
        return protocol;
    }

    private int timersPending() throws IOException {
        return fixture.engine().view().workers().get(0).timers();
    }
}
