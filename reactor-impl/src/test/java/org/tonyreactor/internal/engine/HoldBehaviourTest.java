package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;
import org.tonyreactor.reactor.EndpointSettings.Hold;
import org.tonyreactor.reactor.EndpointSettings.Limits;

/** An address whose last factory has gone. */
@Timeout(60)
class HoldBehaviourTest {
    private static final long SHORT_MILLIS = 200;

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final CounterFixture first = new CounterFixture("a");
    private final CounterFixture second = new CounterFixture("b");

    @OverEveryWire
    void peersConnectAndWaitUntilAFactoryComes() throws Exception {
        int port = heldPort(EndpointSettings.DEFAULTS);
        List<ClientFixture> peers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            peers.add(fixture.connect(port).send(i + "."));
        }
        eventually(() -> holder().waitingConnections() == 5);
        assertEquals(State.HELD, fixture.view(holder()).state());
        assertEquals(0, fixture.engine().view().poolUsed(), "no slot is taken for who waits");

        FactoryBinding next = bind(EndpointSettings.DEFAULTS);

        for (int i = 0; i < 5; i++) {
            assertEquals("b1" + i, peers.get(i).readText(3));
        }
        assertEquals(5, next.acceptedConnections());
        assertEquals(1, fixture.engine().bindings().size());
    }

    @OverEveryWire
    void peersBeyondTheBoundWaitInTheBacklog() throws Exception {
        int port = heldPort(EndpointSettings.DEFAULTS.withHold(Hold.DEFAULTS.withConnectionsMax(2)));
        List<ClientFixture> peers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            peers.add(fixture.connect(port).send(i + "."));
        }
        eventually(() -> holder().waitingConnections() == 2);
        turnAcceptor();
        assertEquals(2, holder().waitingConnections());

        bind(EndpointSettings.DEFAULTS);

        for (int i = 0; i < 5; i++) {
            assertEquals("b1" + i, peers.get(i).readText(3));
        }
    }

    @OverEveryWire
    void holdThatEndsClosesWhoWaitsAndFreesThePort() throws Exception {
        FactoryBinding last = serve(EndpointSettings.DEFAULTS.withHold(Hold.DEFAULTS.withTimeoutMillis(SHORT_MILLIS)));
        int port = fixture.port(last);
        ClientFixture suspended = fixture.connect(last);
        suspended.send("x.").readText(3);
        fixture.engine().closeForSuccessor(List.of(last));
        ClientFixture waits = fixture.connect(port).send("nobody reads this");

        waits.expectEnd();
        suspended.expectEnd();

        eventually(() -> fixture.engine().bindings().isEmpty());
        eventually(() -> fixture.engine().view().poolUsed() == 0);
        fixture.squat(port).close();
        assertEquals(List.of("made", "suspend"), first.all().get(0).calls());
    }

    @OverEveryWire
    void noHoldClosesThePortAtOnce() throws Exception {
        FactoryBinding last = serve(EndpointSettings.DEFAULTS.withHold(Hold.DEFAULTS.withTimeoutMillis(0)));
        int port = fixture.port(last);
        ClientFixture client = fixture.connect(last);
        client.send("x.").readText(3);

        assertTrue(fixture.engine().closeForSuccessor(List.of(last)));

        assertThrows(ConnectException.class, () -> fixture.connect(port));
        client.expectEnd();
        assertEquals(List.of("made", "lost"), first.all().get(0).calls());
        assertEquals(List.of(), fixture.engine().bindings());
    }

    @OverEveryWire
    void closingABindingDoesNotHoldItsPort() throws Exception {
        FactoryBinding last = serve(EndpointSettings.DEFAULTS);
        int port = fixture.port(last);

        assertTrue(fixture.engine().close(last));

        assertThrows(ConnectException.class, () -> fixture.connect(port));
    }

    @OverEveryWire
    void heldFreePortGoesToTheNextFactoryOfTheSameNameOnly() throws Exception {
        int port = heldPort(EndpointSettings.DEFAULTS.withAddress(Address.DEFAULTS.withName("mine")));

        FactoryBinding other = bind(EndpointSettings.DEFAULTS.withAddress(Address.DEFAULTS.withName("yours")));
        FactoryBinding same = bind(EndpointSettings.DEFAULTS.withAddress(Address.DEFAULTS.withName("mine")));
        FactoryBinding again = bind(EndpointSettings.DEFAULTS.withAddress(Address.DEFAULTS.withName("mine")));

        assertEquals(port, fixture.port(same));
        assertNotEquals(port, fixture.port(other));
        assertNotEquals(port, fixture.port(again), "it is not held any more");
    }

    @OverEveryWire
    void peerThatLeavesWhileItWaitsHarmsNobody() throws Exception {
        int port = heldPort(EndpointSettings.DEFAULTS);
        fixture.connect(port).reset();
        fixture.connect(port).send("lo").close();
        ClientFixture stays = fixture.connect(port).send("x.");
        eventually(() -> holder().waitingConnections() == 3);

        FactoryBinding next = bind(EndpointSettings.DEFAULTS);

        assertEquals("b1x", stays.readText(3));
        eventually(() -> next.openConnections() == 1);
    }

    @OverEveryWire
    void stoppingEngineClosesWhoWaits() throws Exception {
        int port = heldPort(EndpointSettings.DEFAULTS);
        ClientFixture waits = fixture.connect(port);
        eventually(() -> holder().waitingConnections() == 1);

        fixture.engine().close();

        waits.expectEnd();
        assertThrows(ConnectException.class, () -> fixture.connect(port));
    }

    @OverEveryWire
    void factoryWhoseBindFailedIsNotHeld() throws Exception {
        try (EngineFixture.Squatter taken = fixture.squat(0)) {
            FactoryBinding failed = fixture.engine().bind(EndpointSettings.port(taken.port()), Rank.NO_SERVICE, first);
            assertEquals(State.FAILED, fixture.view(failed).state());

            assertTrue(fixture.engine().closeForSuccessor(List.of(failed)));

            assertEquals(List.of(), fixture.engine().bindings());
        }
    }

    @OverEveryWire
    void waitingPeerTakesNoPartInTheLimitOfConnections() throws Exception {
        int port = heldPort(EndpointSettings.DEFAULTS);
        ClientFixture fits = fixture.connect(port).send("x.");
        eventually(() -> holder().waitingConnections() == 1);
        ClientFixture tooMany = fixture.connect(port);
        eventually(() -> holder().waitingConnections() == 2);

        FactoryBinding next = bind(EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withConnectionsMax(1)));

        assertEquals("b1x", fits.readText(3));
        tooMany.expectEnd();
        assertEquals(1, next.refusedConnections());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void descriptorsThatRunOutWhileHeldComeBack() throws Exception {
        Process server = ChildServerFixture.start("held");
        try (BufferedReader output = server.inputReader()) {
            int port = Integer.parseInt(output.readLine());
            List<ClientFixture> peers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                peers.add(fixture.connect(port));
            }
            ClientFixture waits = peers.remove(0).send("waits");
            for (ClientFixture peer : peers) {
                peer.close();
            }
            server.getOutputStream().write('\n'); // The next factory comes.
            server.getOutputStream().flush();
            assertEquals("bound", output.readLine());

            assertEquals("waits", waits.readText(5));
            eventually(() -> isServed(port));
        } finally {
            server.getOutputStream().close(); // Ends it.
            assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        }
        assertEquals(0, server.exitValue());
    }

    /** While those who have gone are cleared away descriptors may run out again, and a new peer be the one that is told. */
    private boolean isServed(int port) throws IOException {
        try {
            byte[] echo = fixture.connect(port).send("new").finish().readToEnd();
            return new String(echo, StandardCharsets.ISO_8859_1).equals("new");
        } catch (SocketException e) {
            return false;
        }
    }

    private FactoryBinding serve(EndpointSettings settings) throws IOException {
        return fixture.engine().bind(settings, Rank.NO_SERVICE, first);
    }

    private FactoryBinding bind(EndpointSettings settings) throws IOException {
        return fixture.engine().bind(settings, Rank.NO_SERVICE, second);
    }

    private int heldPort(EndpointSettings settings) throws IOException {
        FactoryBinding last = serve(settings);
        int port = fixture.port(last);
        assertTrue(fixture.engine().closeForSuccessor(List.of(last)));
        assertFalse(last.hasFactory());
        return port;
    }

    private FactoryBinding holder() throws IOException {
        return fixture.engine().bindings().stream()
                .filter(view -> view.state() == State.HELD)
                .findFirst()
                .orElseThrow()
                .binding();
    }

    /** The acceptor has had a turn, in which it would have accepted whoever it wanted to. */
    private void turnAcceptor() throws IOException {
        fixture.engine()
                .rerank(
                        bind(EndpointSettings.DEFAULTS.withAddress(Address.DEFAULTS.withName("another"))),
                        Rank.NO_SERVICE);
    }
}
