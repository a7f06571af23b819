package org.tonyreactor.internal.whiteboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.LogFixture;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointProperty;
import org.tonyreactor.reactor.Reactor;
import org.tonyreactor.transport.ScheduledCall;

/** A service that cannot be got: when it is asked for again, and what the log says. Time passes when the test says so. */
class NotGettableTest {
    private static final ProtocolFactory OPEN = peer -> new Open();

    private final LogFixture log = new LogFixture();
    private final Engine engine = Engine.start(EngineSettings.defaults().withWorkers(1));
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Duration> delays = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> scheduled = new ConcurrentLinkedQueue<>();
    private final FactoryWhiteboard whiteboard = new FactoryWhiteboard(new ServingContext(
            engine,
            new DeclarationReader(EndpointProperty.all(), Map.of("reactor.engine.name", "default")),
            new Predecessors(engine),
            timers(),
            new ChangeCount(),
            new ClassLoaderLeaks(() -> 0)));

    NotGettableTest() throws Exception {}

    @AfterEach
    void stop() {
        engine.close();
        whiteboard.close();
        log.close();
    }

    @Test
    void componentWhoseCodeHasThrownIsNotAskedForAgainByItself() {
        whiteboard.add(failing("java.lang.IllegalStateException: there is no database"));

        assertEquals(1, asked.get());
        assertEquals(0, scheduled.size());
        assertEquals(
                List.of("echo cannot be got (its component has thrown java.lang.IllegalStateException: there is no"
                        + " database): correct that; it is tried again when its configuration changes or its bundle is"
                        + " started again"),
                lines());
        assertTrue(
                whiteboard.failures().get(0).message.contains("there is no database): correct that"),
                whiteboard.failures().get(0).message);
    }

    @Test
    void componentWhoseCodeHasThrownIsAskedForAgainWhenItsPropertiesChange() {
        FakeOffer offer = failing("java.lang.IllegalStateException: there is no database");
        whiteboard.add(offer);

        offer.service = () -> OPEN;
        offer.componentFailure = Optional.empty();
        whiteboard.update(1);

        assertEquals(List.of(), whiteboard.failures());
        assertEquals(1, engine.bindings().size());
    }

    @Test
    void componentWhosePropertiesChangeWhileItsCodeThrowsIsAskedForAgain() {
        FakeOffer offer = failing("java.lang.IllegalStateException: there is no database");
        offer.service = () -> {
            whiteboard.update(1);
            return null;
        };

        whiteboard.add(offer);

        assertEquals(1, scheduled.size());
    }

    @Test
    void serviceThatIsRefusedAgainAndAgainIsToldOnceAndAskedForLessAndLessOften() {
        whiteboard.add(offer());
        for (int tries = 2; tries <= 20; tries++) {
            scheduled.remove().run();
            int expected = tries;
            await().until(() -> asked.get() == expected && scheduled.size() == 1);
        }

        assertEquals(
                List.of("echo cannot be got (the registry gave none): look at its bundle's log and start; it is tried"
                        + " again by itself"),
                lines());
        for (int i = 1; i < delays.size(); i++) {
            long doubled = 2 * delays.get(i - 1).toMillis();
            assertEquals(
                    Math.min(doubled, ServedFactory.MAX_RETRY_MILLIS),
                    delays.get(i).toMillis());
        }
    }

    @Test
    void anotherProblemIsToldAgain() {
        FakeOffer offer = failing("java.lang.IllegalStateException: there is no database");
        whiteboard.add(offer);

        offer.componentFailure = Optional.of("java.lang.IllegalStateException: there is no disk");
        whiteboard.update(1);
        whiteboard.update(1);

        assertEquals(2, lines().size(), lines().toString());
        assertTrue(lines().get(1).contains("there is no disk"), lines().toString());
    }

    @Test
    void lastCauseOfAStackTraceIsTheProblem() {
        assertEquals("java.io.IOException: no disk", ComponentFailure.lastCause("""
                        java.lang.reflect.InvocationTargetException
                        \tat a.B.c(B.java:1)
                        Caused by: java.lang.IllegalStateException
                        \tat a.B.c(B.java:1)
                        Caused by: java.io.IOException: no disk
                        \t... 2 more
                        """));
        assertEquals("java.io.IOException: no disk", ComponentFailure.lastCause("java.io.IOException: no disk\n\tat"));
    }

    private FakeOffer failing(String cause) {
        FakeOffer offer = offer();
        offer.componentFailure = Optional.of(cause);
        return offer;
    }

    private FakeOffer offer() {
        return new FakeOffer(1, Map.of("reactor.port", 0, "reactor.name", "echo"), () -> {
            asked.incrementAndGet();
            return null;
        });
    }

    private List<String> lines() {
        return log.text()
                .lines()
                .filter(line -> line.contains("cannot be got"))
                .map(line -> line.substring(line.indexOf("echo")))
                .toList();
    }

    private Reactor timers() {
        return (Reactor) Proxy.newProxyInstance(
                Reactor.class.getClassLoader(), new Class<?>[] {Reactor.class}, (proxy, method, arguments) -> {
                    delays.add((Duration) arguments[0]);
                    scheduled.add((Runnable) arguments[1]);
                    return Proxy.newProxyInstance(
                            Reactor.class.getClassLoader(),
                            new Class<?>[] {ScheduledCall.class},
                            (call, cancel, none) -> true);
                });
    }
}
