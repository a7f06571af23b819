package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.ConnectionView;
import org.tonyreactor.internal.engine.loop.HeldUp;
import org.tonyreactor.internal.engine.wire.Wires;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;

/** What an operator is told while a worker takes no turn any more: never what is not so. */
@Timeout(60)
class StuckWorkerTest {
    private static final String HOST = "127.0.0.1";
    private static final String STUCK = "reactor-worker-1";

    private final Wires.Sides sides = Wires.MEMORY.open();
    private final Stepper stepper = new Stepper(sides.peers());
    private final Engine engine = stepper.start(EngineFixture.ONE_WORKER.withWorkers(2), sides.ours());
    private final EngineControl control = engine.control();
    private final CounterFixture factory = new CounterFixture("a");
    private FactoryBinding binding;
    /** In a network of memory nobody else has it. */
    private final int port = 7_007;

    StuckWorkerTest() throws Exception {}

    @BeforeEach
    void connectToEachWorker() throws Exception {
        Stepper.begin(stepper);
        binding = engine.bind(EndpointSettings.port(port), new Rank(0, 7, 3), factory);
        for (int i = 0; i < 2; i++) {
            assertEquals("a1x", ClientFixture.connect(port, stepper).send("x.").readText(3));
        }
        assertEquals(List.of(), control.list().missingThreads());
        assertEquals(
                2,
                control.connections().stream()
                        .map(ConnectionView::thread)
                        .distinct()
                        .count());
    }

    @AfterEach
    void stop() throws Exception {
        stepper.goOn();
        engine.close();
        Stepper.end();
        sides.peers().close();
    }

    @Test
    void listSaysWhoHasNotAnswered() {
        stepper.stand(STUCK);

        ConnectionListView list = control.list();

        assertEquals(List.of(STUCK), list.missingThreads());
        assertEquals(1, list.connections().size());
        assertFalse(STUCK.equals(list.connections().get(0).thread()));
    }

    @Test
    void listOfAllIsThereAgainWhenTheWorkerGoesOn() {
        stepper.stand(STUCK);
        control.list();

        stepper.goOn();

        assertEquals(List.of(), control.list().missingThreads());
        assertEquals(2, control.connections().size());
    }

    @Test
    void closingAConnectionOfTheStuckWorkerIsNotAnswered() {
        long id = idOn(STUCK);
        stepper.stand(STUCK);

        assertNotAnswered(() -> control.closeConnection(id));
        stepper.goOn();

        eventually(() -> control.connections().size() == 1); // The order stands.
        assertFalse(control.closeConnection(id));
    }

    @Test
    void closingAConnectionOfAnotherWorkerDoesNotWaitForTheStuckOne() {
        long id = idOn("reactor-worker-0");
        stepper.stand(STUCK);
        long before = engine.uptimeMillis();

        assertTrue(control.closeConnection(id));

        assertEquals(before, engine.uptimeMillis(), "no time has passed");
    }

    @Test
    void whetherThereIsAConnectionIsNotKnownWhileAWorkerIsStuck() {
        stepper.stand(STUCK);

        assertNotAnswered(() -> control.closeConnection(4711));
    }

    @Test
    void closingAnEndpointIsNotAnsweredAndNotWaitedForAsLongAsADrain() {
        stepper.stand(STUCK);
        long before = engine.uptimeMillis();

        assertNotAnswered(() -> control.drain(HOST, port, false));

        assertTrue(engine.uptimeMillis() - before <= BoundedWait.OPERATION_TIMEOUT_MILLIS + 2);
        assertEquals(1, binding.openConnections());
        stepper.goOn();
        eventually(() -> binding.openConnections() == 0);
    }

    @Test
    void closingAHeldEndpointIsNotAnsweredWhileItsSuspendedConnectionsStay() {
        engine.closeForSuccessor(List.of(binding));
        stepper.stand(STUCK);

        assertNotAnswered(() -> control.drain(HOST, port, false));

        assertEquals(List.of(), engine.bindings());
        assertEquals(1, engine.view().poolUsed());
    }

    @Test
    void handingOverSaysThatItIsNotAllThatIsKnown() {
        engine.bind(EndpointSettings.port(port), new Rank(1, 8, 4), new CounterFixture("b"));
        stepper.stand(STUCK);

        assertNotAnswered(() -> control.handOver(HOST, port));
    }

    @Test
    void holdingIsNotAnsweredWhileConnectionsAreNotSuspended() {
        stepper.stand(STUCK);

        assertNotAnswered(() -> control.hold(HOST, port));
        stepper.goOn();

        eventually(() ->
                factory.all().stream().allMatch(protocol -> protocol.calls().contains("suspend"))); // The order stands.
    }

    @Test
    void whatConcernsTheAcceptorAloneIsDone() {
        stepper.stand(STUCK);

        control.suspendAccepting(HOST, port, true);
        control.quarantine(7, true);
        control.quarantine(7, false);
        control.suspendAccepting(HOST, port, false);

        assertTrue(engine.bindings().get(0).accepting());
    }

    @Test
    void anAcceptorThatIsStuckIsNamedToo() {
        stepper.stand("reactor-acceptor");

        IllegalStateException not =
                assertThrows(IllegalStateException.class, () -> control.suspendAccepting(HOST, port, true));

        assertEquals("not answered in time by reactor-acceptor, which does it when it goes on", not.getMessage());
    }

    @Test
    void listNamesAnAcceptorThatIsStuckToo() {
        stepper.stand("reactor-acceptor");

        ConnectionListView list = control.list();

        assertEquals(List.of("reactor-acceptor"), list.missingThreads());
        assertEquals(2, list.connections().size());
    }

    @Test
    void viewSaysWhoHoldsAWorkerUpSinceWhenAndWhere() throws Exception {
        List<EngineView> seen = new ArrayList<>();
        ProtocolFixture blocks = new ProtocolFixture().data((protocol, data) -> {
            protocol.take(data);
            stepper.passInCallback(HeldUp.MIN_MILLIS - 1);
            seen.add(engine.view());
            stepper.passInCallback(2_002);
            seen.add(engine.view());
            protocol.write("!");
        });
        FactoryBinding blocking = engine.bind(
                EndpointSettings.DEFAULTS.withAddress(Address.DEFAULTS.withName("blocks")), new Rank(0, 9, 5), blocks);
        int blockingPort = engine.bindings().stream()
                .filter(view -> view.binding() == blocking)
                .findFirst()
                .orElseThrow()
                .port();

        ClientFixture.connect(blockingPort, stepper).send("x").readText(1);

        assertEquals(List.of(), heldUp(seen.get(0)), "less than a second is nothing");
        HeldUp heldUp = heldUp(seen.get(1)).get(0);
        assertEquals(3_000, heldUp.millis());
        assertEquals(blocking, heldUp.whose());
        assertTrue(
                heldUp.stack().stream().anyMatch(frame -> frame.contains("StuckWorkerTest.lambda$viewSays")),
                heldUp.stack()::toString);
        assertEquals(List.of(), heldUp(engine.view()), "the callback has returned");
    }

    @Test
    void viewBlamesNobodyForATimerThatIsOfNoConnection() throws Exception {
        List<EngineView> seen = new ArrayList<>();
        ClientFixture client = ClientFixture.connect(port, stepper);
        try (EngineReactor reactor = engine.newReactor()) {
            reactor.callLater(Duration.ofMillis(50), () -> {
                stepper.passInCallback(2_000);
                seen.add(engine.view());
            });
            stepper.turn();
            client.send("y."); // The callback of a connection comes before, in the same turn.
            stepper.passInCallback(50);

            eventually(() -> !seen.isEmpty());
        }

        assertNull(heldUp(seen.get(0)).get(0).whose());
    }

    private static List<HeldUp> heldUp(EngineView view) {
        return view.workers().stream()
                .map(EngineView.WorkerView::heldUp)
                .filter(Objects::nonNull)
                .toList();
    }

    private long idOn(String thread) {
        return control.connections().stream()
                .filter(each -> each.thread().equals(thread))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static void assertNotAnswered(Runnable action) {
        IllegalStateException not = assertThrows(IllegalStateException.class, action::run);
        assertEquals("not answered in time by " + STUCK + ", which does it when it goes on", not.getMessage());
    }
}
