package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;
import org.tonyreactor.reactor.EndpointSettings.Hold;

/** A service comes back at another address, and what waits at the old one is its own, step by step. */
class MovedFactoryTest {
    private static final long MAX_RETRY_MILLIS = 5_000;

    @RegisterExtension
    final SteppedFixture stepped = new SteppedFixture(1);

    private final NameServerFixture server = new NameServerFixture();
    private final CounterFixture a = new CounterFixture("a");
    private final CounterFixture b = new CounterFixture("b");
    private final CounterFixture c = new CounterFixture("c");
    private final int port = EngineFixture.freePort();
    private final int newPort = EngineFixture.freePortBeside(port);

    MovedFactoryTest() throws IOException {}

    @BeforeEach
    void lookUpByHand() {
        stepped.engine().lookUpWith(server.names());
    }

    @OverEveryWire
    void connectionsAndPeersThatWaitGoToTheNewAddressAndTheOldPortIsFree() throws IOException {
        SteppedFixture.Peer suspended = leave(EndpointSettings.port(port));
        SteppedFixture.Peer waits = waitingPeer();

        FactoryBinding moved = comeBack(2, EndpointSettings.port(newPort), b, 1);

        assertEquals("b2y", suspended.send("y.").receive(3));
        assertEquals("b1w", waits.receive(3));
        assertEquals(List.of(moved), served());
        stepped.listen(at(port)).close();
    }

    @OverEveryWire
    void theyGoThereAsSoonAsItIsBoundThoughItWasTakenFirst() throws IOException {
        ServerWire stranger = stepped.listen(at(newPort));
        SteppedFixture.Peer suspended = leave(EndpointSettings.port(port));
        SteppedFixture.Peer waits = waitingPeer();
        FactoryBinding moved = comeBack(2, EndpointSettings.port(newPort), b, 1);
        assertEquals(State.FAILED, stepped.state(moved));
        assertEquals(1, stepped.holder().openConnections(), "the old address is held on");

        stranger.close();
        stepped.pass(MAX_RETRY_MILLIS);

        assertEquals("b2y", suspended.send("y.").receive(3));
        assertEquals("b1w", waits.receive(3));
        assertEquals(List.of(moved), served());
        stepped.listen(at(port)).close();
    }

    @OverEveryWire
    void theyGoThereAsSoonAsItsNameIsLookedUp() throws IOException {
        SteppedFixture.Peer suspended = leave(EndpointSettings.port(port));
        comeBack(2, named("moved.example", newPort), b, 1);
        assertEquals(1, stepped.holder().openConnections());

        server.says("moved.example", "127.0.0.1").answer();
        stepped.settle();

        assertEquals("b2y", suspended.send("y.").receive(3));
    }

    @OverEveryWire
    void theyGoThereAsSoonAsTheBetterRankedOneHasGone() throws IOException {
        FactoryBinding other = stepped.bind(EndpointSettings.port(newPort), new Rank(1, 7, 7), c);
        SteppedFixture.Peer suspended = leave(EndpointSettings.port(port));
        FactoryBinding moved = comeBack(2, EndpointSettings.port(newPort), b, 1);
        assertEquals(State.SHADOWED, stepped.state(moved));
        assertEquals(1, stepped.holder().openConnections());

        stepped.engine().close(other);
        stepped.settle();

        assertEquals("b2y", suspended.send("y.").receive(3));
    }

    @OverEveryWire
    void peersBeyondTheBoundOfTheHoldGoAlong() throws IOException {
        leave(EndpointSettings.port(port).withHold(Hold.DEFAULTS.withConnectionsMax(1)));
        List<SteppedFixture.Peer> waiting = new ArrayList<>();
        waiting.add(waitingPeer());
        for (int i = 0; i < 5; i++) {
            waiting.add(stepped.connect(port).send("w."));
        }
        stepped.settle();
        assertEquals(1, stepped.holder().waitingConnections());

        comeBack(2, EndpointSettings.port(newPort), b, 1);

        for (SteppedFixture.Peer peer : waiting) {
            assertEquals("b1w", peer.receive(3));
        }
    }

    @OverEveryWire
    void theyAreTheNextVersionsThoughTheOneBeforeWasNeverBound() throws IOException {
        ServerWire stranger = stepped.listen(at(newPort));
        SteppedFixture.Peer suspended = leave(EndpointSettings.port(port));
        FactoryBinding never = comeBack(2, EndpointSettings.port(newPort), b, 1);
        stepped.closeForSuccessor(never);
        stepped.settle();

        comeBack(3, EndpointSettings.DEFAULTS, c, 2);

        assertEquals("c2y", suspended.send("y.").receive(3));
        stranger.close();
    }

    @OverEveryWire
    void whatIsHeldForAnotherServiceStaysWhereItIs() throws IOException {
        SteppedFixture.Peer suspended = leave(EndpointSettings.port(port));

        comeBack(2, EndpointSettings.port(newPort), b, 9);

        assertEquals(1, stepped.holder().openConnections());
        stepped.bind(EndpointSettings.port(port), new Rank(0, 3, 1), c);
        assertEquals("c2y", suspended.send("y.").receive(3));
    }

    @OverEveryWire
    void addressThatIsNarrowedIsLeftToo() throws IOException {
        SteppedFixture.Peer suspended = leave(named("*", port));
        SteppedFixture.Peer waits = waitingPeer();

        FactoryBinding moved = comeBack(2, named("127.0.0.1", port), b, 1);

        assertEquals("b2y", suspended.send("y.").receive(3));
        assertEquals("b1w", waits.receive(3));
        assertEquals(List.of(moved), served());
    }

    /** Service 1 serves a peer and goes. */
    private SteppedFixture.Peer leave(EndpointSettings settings) throws IOException {
        FactoryBinding first = stepped.bind(settings, new Rank(0, 1, 1), a);
        SteppedFixture.Peer peer = stepped.connect(port).send("x.");
        assertEquals("a1x", peer.receive(3));
        stepped.closeForSuccessor(first);
        assertTrue(stepped.holder().openConnections() == 1);
        return peer;
    }

    /** A service comes in the place of another one. */
    private FactoryBinding comeBack(long serviceId, EndpointSettings settings, CounterFixture version, long leftBy)
            throws IOException {
        FactoryBinding binding = stepped.bind(settings, new Rank(0, serviceId, 1), version);
        stepped.engine().moveHeld(leftBy, binding);
        stepped.settle();
        return binding;
    }

    private SteppedFixture.Peer waitingPeer() throws IOException {
        SteppedFixture.Peer peer = stepped.connect(port).send("w.");
        stepped.until("one to wait", () -> stepped.holder().waitingConnections() == 1);
        return peer;
    }

    private List<FactoryBinding> served() {
        return stepped.engine().bindings().stream().map(BindingView::binding).toList();
    }

    private static EndpointSettings named(String host, int port) {
        return EndpointSettings.DEFAULTS.withAddress(
                Address.DEFAULTS.withHost(host).withPort(port));
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
