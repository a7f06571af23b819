package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.loop.Clock;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason;

/** A thread of the engine ends though nobody has stopped it: its clock breaks, again and again, until it gives up. */
@Timeout(60)
class DeadThreadBehaviourTest {
    private static final String WORKER = "reactor-worker-0";
    private static final String ACCEPTOR = "reactor-acceptor";

    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final ProtocolFixture factory = new ProtocolFixture();
    private final CountDownLatch fatal = new CountDownLatch(1);
    private final LogFixture log = new LogFixture();
    private Engine engine;
    private FactoryBinding binding;

    @BeforeEach
    void start() throws Exception {
        factory.data((protocol, data) -> protocol.write(data));
        engine = Engine.start(EngineFixture.ONE_WORKER, this::nanoTime, new NioNetwork());
        engine.onFatal(fatal::countDown);
        binding = engine.bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, factory);
    }

    @AfterEach
    void stop() {
        broken.clear();
        engine.close();
        log.close();
    }

    @Test
    void aFreshThreadTakesThePlaceOfADeadWorkerAndEndsItsConnections() throws Exception {
        try (ClientFixture served = connect()) {
            served.send("before").readText(6);

            die(WORKER);

            ProtocolFixture.Recorded lost = factory.all().get(0);
            assertEquals(CloseReason.Kind.IO_ERROR, lost.awaitLost().kind());
            assertEquals(1, lost.timesLost());
            served.expectReset();
        }
        assertAnswers();
        EngineFixture.eventually(() -> engine.view().poolUsed() == 0);
        assertEquals(1, engine.view().workers().get(0).threadRestarts());
        assertTrue(log.text().contains(WORKER + ": its thread has ended"), log::text);
    }

    @Test
    void aFreshThreadTakesThePlaceOfADeadAcceptor() throws Exception {
        try (ClientFixture served = connect()) {
            served.send("before").readText(6);

            die(ACCEPTOR);

            assertEquals("after", served.send("after").readText(5));
            assertEquals(1, engine.view().acceptorRestarts());
        }
        assertAnswers();
        EngineFixture.eventually(() -> engine.view().poolUsed() == 0);
    }

    @Test
    void mailThatADeadWorkerHasNotReadIsRead() throws Exception {
        Thread dying = thread(WORKER).orElseThrow();
        broken.add(WORKER);
        try (ClientFixture early = connect()) { // Its adoption waits in the mailbox of a worker that only fails.
            EngineFixture.eventually(() -> !dying.isAlive());
            broken.clear();

            assertEquals("early", early.send("early").readText(5));
        }
    }

    @Test
    void threeDeathsInAMinuteStopTheEngine() throws Exception {
        int port = port();

        die(WORKER);
        die(WORKER);
        broken.add(WORKER);

        EngineFixture.await(fatal);
        assertTrue(engine.isStopped());
        EngineFixture.eventually(() -> {
            try {
                ClientFixture.connect(port).close();
                return false;
            } catch (ConnectException e) {
                return true;
            }
        });
        assertTrue(log.text().contains("the engine stops"), log::text);
    }

    private long nanoTime() {
        if (broken.contains(Thread.currentThread().getName())) {
            throw new IllegalStateException("broken on purpose");
        }
        return Clock.SYSTEM.nanoTime();
    }

    /** Breaks the clock of a thread until it has died, and mends it for the next one. */
    private void die(String name) {
        Thread dying = thread(name).orElseThrow();
        broken.add(name);
        wake();
        EngineFixture.eventually(() -> !dying.isAlive());
        broken.remove(name);
        EngineFixture.eventually(() -> thread(name).isPresent());
    }

    /** A loop that sleeps looks at its clock when it wakes. */
    private void wake() {
        engine.update(engine.settings());
    }

    private static Optional<Thread> thread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst();
    }

    private void assertAnswers() throws Exception {
        try (ClientFixture fresh = connect()) {
            assertEquals("fresh", fresh.send("fresh").readText(5));
        }
    }

    private ClientFixture connect() throws Exception {
        return ClientFixture.connect(port());
    }

    private int port() {
        return engine.bindings().stream()
                .filter(view -> view.binding() == binding)
                .findFirst()
                .orElseThrow()
                .port();
    }
}
