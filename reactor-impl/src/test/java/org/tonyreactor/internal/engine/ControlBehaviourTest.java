package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.ConnectionView;
import org.tonyreactor.internal.engine.connection.Phase;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.ConnectSettings;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Hold;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.reactor.PendingConnection;
import org.tonyreactor.transport.CloseReason.Kind;

/** What an operator does to endpoints and connections while they serve. */
@Timeout(60)
class ControlBehaviourTest {
    private static final String HOST = "127.0.0.1";
    private static final Rank BETTER = new Rank(1, 8, 1);
    private static final Rank WORSE = new Rank(0, 7, 1);

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final CounterFixture first = new CounterFixture("a");
    private final CounterFixture second = new CounterFixture("b");
    private final int port = EngineFixture.freePort();

    ControlBehaviourTest() throws Exception {}

    @Test
    void listsConnectionsOfAllWorkersInTheOrderOfTheirIds() throws Exception {
        fixture.start(EngineFixture.ONE_WORKER.withWorkers(3));
        FactoryBinding binding = bind(first, WORSE);
        for (int i = 0; i < 9; i++) {
            talk("x.half", "a1x");
        }
        eventually(() -> control().connections().stream().allMatch(each -> each.unreadBytes() == 4));

        List<ConnectionView> views = control().connections();

        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L),
                views.stream().map(ConnectionView::id).toList());
        assertEquals(3, views.stream().map(ConnectionView::thread).distinct().count());
        for (ConnectionView each : views) {
            assertEquals(Phase.OPEN, each.phase());
            assertEquals(binding, each.binding());
            assertEquals(6, each.bytesIn());
            assertEquals(3, each.bytesOut());
            assertEquals(0, each.handOvers());
            assertTrue(each.peer() != null && each.peer().localAddress() instanceof InetSocketAddress);
        }
    }

    @Test
    void listedConnectionTellsThatItIsSuspendedAndHowOftenItWasHandedOver() throws Exception {
        FactoryBinding old = bind(first, WORSE);
        talk("x.", "a1x");
        fixture.engine().closeForSuccessor(List.of(old));

        ConnectionView suspended = control().connections().get(0);
        assertEquals(Phase.SUSPENDED, suspended.phase());
        assertFalse(suspended.binding().hasFactory());
        assertTrue(suspended.peer() != null);

        bind(second, WORSE);
        eventually(() -> control().connections().get(0).handOvers() == 1);
        assertEquals(suspended.id(), control().connections().get(0).id());
    }

    @Test
    void closesOneConnection() throws Exception {
        bind(first, WORSE);
        ClientFixture closed = talk("x.", "a1x");
        ClientFixture stays = talk("x.", "a1x");

        assertTrue(control().closeConnection(1));

        closed.expectEnd();
        assertEquals("a2y", stays.send("y.").readText(3));
        assertEquals(Kind.CLOSED_BY_OPERATOR, first.all().get(0).lost().get(0).kind());
        eventually(() -> !control().closeConnection(1));
    }

    @Test
    void closesASuspendedConnection() throws Exception {
        FactoryBinding old = bind(first, WORSE);
        ClientFixture client = talk("x.", "a1x");
        fixture.engine().closeForSuccessor(List.of(old));

        assertTrue(control().closeConnection(1));

        client.expectEnd();
        eventually(() -> fixture.engine().view().poolUsed() == 0);
        assertEquals(List.of("made", "suspend"), first.all().get(0).calls());
    }

    @Test
    void closesAConnectionThatIsStillConnecting() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EngineReactor reactor = fixture.engine().newReactor()) {
            List<PendingConnection> attempts = new ArrayList<>(); // More than the backlog takes: some of them wait.
            for (int i = 0; i < 8; i++) {
                attempts.add(reactor.connect(
                        full.getLocalSocketAddress(), ConnectSettings.DEFAULTS, new CounterFixture("client")));
            }
            eventually(() -> control().connections().size() == 8);
            eventually(() -> control().connections().stream().anyMatch(each -> each.phase() == Phase.CONNECTING));

            control().connections().forEach(each -> assertTrue(control().closeConnection(each.id())));

            eventually(() -> control().connections().stream().noneMatch(each -> each.phase() == Phase.CONNECTING));
            for (PendingConnection attempt : attempts) {
                CompletableFuture<Protocol> outcome = attempt.connected().toCompletableFuture();
                eventually(outcome::isDone);
            }
        }
    }

    @Test
    void suspendedAcceptingKeepsPeersInTheBacklog() throws Exception {
        FactoryBinding binding = bind(first, WORSE);
        ClientFixture early = talk("x.", "a1x");

        control().suspendAccepting(HOST, port, true);

        ClientFixture waits = fixture.connect(port).send("x.");
        assertEquals("a2y", early.send("y.").readText(3));
        fixture.engine().rerank(binding, BETTER); // A turn of the acceptor.
        assertFalse(fixture.view(binding).accepting());
        assertEquals(1, binding.acceptedConnections());
        control().suspendAccepting(HOST, port, false);
        assertEquals("a1x", waits.readText(3));
        assertTrue(fixture.view(binding).accepting());
    }

    @Test
    void drainEndsConnectionsOnceTheyAreIdleAndStopsAccepting() throws Exception {
        first.made(protocol -> {
            protocol.transport().pauseReading(); // It works on something.
        });
        FactoryBinding binding = bind(first, WORSE);
        ClientFixture busy = fixture.connect(port);
        eventually(() -> control().connections().stream().anyMatch(ConnectionView::readingPaused));

        CompletableFuture<Void> drained =
                CompletableFuture.runAsync(() -> control().drain(HOST, port, true));
        eventually(() -> !fixture.view(binding).accepting());
        assertEquals(List.of("made"), first.all().get(0).calls());
        CounterFixture.Counting protocol = first.all().get(0);
        protocol.transport().execute(() -> protocol.transport().resumeReading());

        busy.expectEnd();
        drained.get(20, TimeUnit.SECONDS);
        assertEquals(Kind.CLOSED_BY_OPERATOR, protocol.lost().get(0).kind());
        assertTrue(binding.hasFactory(), "it stays");
        first.made(next -> {});
        ClientFixture waits = fixture.connect(port).send("x.");
        control().suspendAccepting(HOST, port, false);
        assertEquals("a1x", waits.readText(3));
    }

    @Test
    void closeDoesNotWaitForTheBusy() throws Exception {
        first.made(protocol -> protocol.transport().pauseReading());
        fixture.engine()
                .bind(
                        EndpointSettings.port(port).withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(600_000)),
                        WORSE,
                        first);
        ClientFixture busy = fixture.connect(port);
        eventually(() -> control().connections().stream().anyMatch(ConnectionView::readingPaused));

        control().drain(HOST, port, false);

        busy.expectEnd();
        assertEquals(List.of("made", "lost"), first.all().get(0).calls());
    }

    @Test
    void closeOfAHeldEndpointClosesWhoWaitsAndFreesThePort() throws Exception {
        FactoryBinding old = bind(first, WORSE);
        ClientFixture suspended = talk("x.", "a1x");
        fixture.engine().closeForSuccessor(List.of(old));
        ClientFixture waits = fixture.connect(port);
        eventually(() -> holder().waitingConnections() == 1); // From the backlog it would be reset.

        control().drain(HOST, port, false);

        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        waits.expectEnd();
        suspended.expectEnd();
        assertEquals(List.of(), fixture.engine().bindings());
    }

    @Test
    void closeOfAnEndpointHeldByCommandClosesWhoWaits() throws Exception {
        bind(first, WORSE);
        ClientFixture suspended = talk("x.", "a1x");
        control().hold(HOST, port);
        eventually(() -> control().connections().get(0).phase() == Phase.SUSPENDED);
        ClientFixture waits = fixture.connect(port);
        eventually(() -> holder().waitingConnections() == 1);

        control().drain(HOST, port, false);

        waits.expectEnd();
        suspended.expectEnd();
        eventually(() -> fixture.engine().view().poolUsed() == 0);
        control().suspendAccepting(HOST, port, false);
        talk("x.", "a1x");
    }

    @Test
    void holdSuspendsUntilAcceptingIsResumed() throws Exception {
        FactoryBinding binding = bind(first, WORSE);
        ClientFixture client = talk("x.", "a1x");

        control().hold(HOST, port);

        eventually(() -> control().connections().get(0).phase() == Phase.SUSPENDED);
        assertEquals(State.HELD, fixture.view(binding).state());
        client.send("y.");
        ClientFixture waits = fixture.connect(port).send("x.");
        eventually(() -> holder().waitingConnections() == 1);
        control().suspendAccepting(HOST, port, false);
        assertEquals("a2y", client.readText(3));
        assertEquals("a1x", waits.readText(3));
        assertEquals(State.BOUND, fixture.view(binding).state());
    }

    @Test
    void holdEndsByItself() throws Exception {
        fixture.engine().bind(EndpointSettings.port(port).withHold(Hold.DEFAULTS.withTimeoutMillis(100)), WORSE, first);
        ClientFixture client = talk("x.", "a1x");

        control().hold(HOST, port);

        eventually(() -> first.all().size() == 2);
        assertEquals("a2y", client.send("y.").readText(3));
        assertEquals(List.of("made", "suspend"), first.all().get(0).calls());
    }

    @Test
    void holdEndsWithANewFactory() throws Exception {
        bind(first, WORSE);
        ClientFixture client = talk("x.", "a1x");
        control().hold(HOST, port);
        eventually(() -> control().connections().get(0).phase() == Phase.SUSPENDED);

        FactoryBinding better = bind(second, BETTER);

        eventually(() -> better.resumedConnections() == 1);
        assertEquals("b2y", client.send("y.").readText(3));
    }

    @Test
    void holdThatIsUndoneWhileAWorkerIsBusyLeavesNobodySuspended() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        bind(first, WORSE);
        ClientFixture client = talk("x.", "a1x");
        CounterFixture.Counting protocol = first.all().get(0);
        protocol.transport().execute(() -> {
            begun.countDown();
            try {
                EngineFixture.await(free);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        EngineFixture.await(begun);

        EngineControl control = control();
        CompletableFuture<Void> hold = CompletableFuture.runAsync(() -> control.hold(HOST, port));
        eventually(() -> fixture.engine().bindings().stream().anyMatch(each -> each.state() == State.HELD));
        control.suspendAccepting(HOST, port, false);
        free.countDown();

        assertEquals("a2y", client.send("y.").readText(3));
        hold.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whoCannotBeHeldIsSaid() throws Exception {
        fixture.engine().bind(EndpointSettings.port(port).withHold(Hold.DEFAULTS.withTimeoutMillis(0)), WORSE, first);
        IllegalArgumentException no =
                assertThrows(IllegalArgumentException.class, () -> control().hold(HOST, port));
        assertTrue(String.valueOf(no.getMessage()).contains("cannot be held"), no::toString);
    }

    @Test
    void handsOverToTheFactoryThatStandsFirstAndSaysHowMany() throws Exception {
        fixture.start(EngineFixture.ONE_WORKER.withWorkers(2));
        bind(first, WORSE);
        List<ClientFixture> clients = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            clients.add(talk("x.", "a1x"));
        }
        bind(second, BETTER);

        assertEquals(7, control().handOver(HOST, port));

        for (ClientFixture client : clients) {
            assertEquals("b2y", client.send("y.").readText(3));
        }
        assertEquals(0, control().handOver(HOST, port));
    }

    @Test
    void putsAServiceInQuarantineAndLetsItOut() throws Exception {
        FactoryBinding worse = bind(first, WORSE);
        FactoryBinding better = bind(second, BETTER);
        ClientFixture client = talk("x.", "b1x");

        control().quarantine(BETTER.serviceId(), true);

        eventually(() -> worse.resumedConnections() == 1);
        assertEquals("a2y", client.send("y.").readText(3));
        assertEquals(State.QUARANTINED, fixture.view(better).state());
        assertEquals("an operator has said so", better.quarantineReason());
        control().quarantine(BETTER.serviceId(), false);
        talk("x.", "b1x");
    }

    @Test
    void unknownEndpointsAndServicesAreSaid() throws Exception {
        bind(first, WORSE);
        int none = EngineFixture.freePort();
        for (Runnable operation : List.<Runnable>of(
                () -> control().hold(HOST, none),
                () -> control().drain(HOST, none, true),
                () -> control().drain("*", port, false),
                () -> control().handOver(HOST, none),
                () -> control().suspendAccepting("127.0.0.2", port, true))) {
            IllegalArgumentException no = assertThrows(IllegalArgumentException.class, operation::run);
            assertTrue(String.valueOf(no.getMessage()).startsWith("no endpoint is bound to "), no::toString);
        }
        assertThrows(IllegalArgumentException.class, () -> control().quarantine(4711, true));
        assertFalse(control().closeConnection(4711));
    }

    @Test
    void operationsOnAnEnginesOwnThreadAreDoneAndNotWaitedFor() throws Exception {
        FactoryBinding binding = bind(first, WORSE);
        talk("x.", "a1x");
        CompletableFuture<Void> ordered = new CompletableFuture<>();
        first.all().get(0).transport().execute(() -> {
            try {
                control().quarantine(WORSE.serviceId(), true);
                ordered.complete(null);
            } catch (Throwable e) {
                ordered.completeExceptionally(e);
            }
        });

        ordered.get(20, TimeUnit.SECONDS);
        eventually(() -> fixture.view(binding).state() == State.QUARANTINED);
    }

    private EngineControl control() {
        try {
            return fixture.engine().control();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private FactoryBinding bind(CounterFixture version, Rank rank) throws Exception {
        return fixture.engine().bind(EndpointSettings.port(port), rank, version);
    }

    private ClientFixture talk(String text, String answer) throws Exception {
        ClientFixture client = fixture.connect(port).send(text);
        assertEquals(answer, client.readText(answer.length()));
        return client;
    }

    private FactoryBinding holder() throws Exception {
        return fixture.engine().bindings().stream()
                .filter(view -> view.state() == State.HELD && !view.binding().hasFactory())
                .findFirst()
                .orElseThrow()
                .binding();
    }
}
