package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;
import org.tonyreactor.reactor.EndpointSettings.Hold;

/**
 * Addresses are compared as addresses, not as text, step by step: one that is spelled in several ways is one, and of two that
 * overlap the better-ranked factory has the port. Versions are called by a letter, and answer with it.
 */
class SharedAddressTest {
    /** An address that no machine has (RFC 5737). */
    private static final String NOT_HERE = "192.0.2.1";

    private static final String ONE = "127.0.0.1";
    private static final String OTHER = "127.0.0.2";
    private static final String ALL = "*";
    /** Peers that are not all accepted in one turn. */
    private static final int MORE_THAN_ONE_TURN = 80;

    private static final long MAX_RETRY_MILLIS = 5_000;

    @RegisterExtension
    final SteppedFixture stepped = new SteppedFixture(1);

    private final NameServerFixture server = new NameServerFixture();
    private final CounterFixture a = new CounterFixture("a");
    private final CounterFixture b = new CounterFixture("b");
    private final CounterFixture c = new CounterFixture("c");
    private final int port = EngineFixture.freePort();
    private final AtomicInteger nextService = new AtomicInteger(1);

    SharedAddressTest() throws IOException {}

    @BeforeEach
    void lookUpByHand() {
        stepped.engine().lookUpWith(server.says("localhost", ONE).names());
    }

    // One address in several spellings.

    @OverEveryWire
    void spellingsOfOneAddressAreOneEndpointWhichTheBestRankedHas() throws IOException {
        FactoryBinding first = bind(ONE, a, 1);
        for (String spelling : List.of("127.1", "::ffff:127.0.0.1", "localhost", "LOCALHOST")) {
            FactoryBinding better = bind(spelling, b, 2);

            assertEquals(State.BOUND, stepped.state(better), spelling);
            assertEquals(State.SHADOWED, stepped.state(first), spelling);
            assertSame(better, stepped.view(first).shadowedBy());
            talkTo("b1x");

            stepped.engine().close(better);
            stepped.settle();
            talkTo("a1x");
        }
    }

    @OverEveryWire
    void spellingsOfAllAddressesAreOne() throws IOException {
        FactoryBinding first = bind(ALL, a, 1);
        for (String spelling : List.of("0.0.0.0", "::", "[::]", "0")) {
            FactoryBinding worse = bind(spelling, b, 0);

            assertEquals(State.SHADOWED, stepped.state(worse), spelling);
            assertEquals(State.BOUND, stepped.state(first), spelling);
        }
    }

    @OverEveryWire
    void holdOnOneSpellingEndsWithTheNextFactoryUnderAnother() throws IOException {
        FactoryBinding last = bind(ONE, a, 1);
        SteppedFixture.Peer suspended = talkTo("a1x");
        stepped.closeForSuccessor(last);
        SteppedFixture.Peer waits = waitingPeer();

        bind("localhost", b, 1);

        assertEquals("b2y", suspended.send("y.").receive(3));
        assertEquals("b1w", waits.receive(3));
        assertEquals(1, stepped.engine().bindings().size());
    }

    @OverEveryWire
    void updateOfANamedEndpointNeedsNoNameServer() throws IOException {
        FactoryBinding last = bind("localhost", a, 1);
        SteppedFixture.Peer suspended = talkTo("a1x");
        stepped.closeForSuccessor(last);

        FactoryBinding next = stepped.bind(at("localhost"), rank(1), b);

        assertEquals(0, server.questions());
        assertEquals(State.BOUND, stepped.state(next));
        assertEquals("b2y", suspended.send("y.").receive(3));
    }

    @OverEveryWire
    void heldFreePortGoesToWhoAsksForIt() throws IOException {
        FactoryBinding last = stepped.bind(EndpointSettings.DEFAULTS, rank(1), a);
        int found = stepped.port(last);
        SteppedFixture.Peer suspended = stepped.connect(found).send("x.");
        assertEquals("a1x", suspended.receive(3));
        stepped.closeForSuccessor(last);

        FactoryBinding next = stepped.bind(EndpointSettings.port(found), rank(1), b);

        assertEquals(State.BOUND, stepped.state(next));
        assertEquals("b2y", suspended.send("y.").receive(3));
    }

    @OverEveryWire
    void operatorFindsAnEndpointBySpellingsThatNobodyHasAskedFor() throws IOException {
        FactoryBinding only = bind(ONE, a, 1);

        for (String spelling : List.of("127.1", "::ffff:127.0.0.1", "localhost")) {
            stepped.engine().control().suspendAccepting(spelling, port, true);
            answer();
            assertEquals(false, stepped.view(only).accepting(), spelling);

            stepped.engine().control().suspendAccepting(ONE, port, false);
            stepped.settle();
            assertEquals(true, stepped.view(only).accepting());
        }
    }

    // Overlapping addresses.

    @OverEveryWire
    void betterRankedFactoryForAllAddressesHasThePort() throws IOException {
        FactoryBinding one = bind(ONE, a, 1);
        SteppedFixture.Peer early = talkTo("a1x");

        FactoryBinding all = bind(ALL, b, 2);

        talkTo("b1x");
        assertEquals(State.BOUND, stepped.state(all));
        assertEquals(State.SHADOWED, stepped.state(one));
        assertSame(all, stepped.view(one).shadowedBy());
        assertEquals("a2y", early.send("y.").receive(3), "its old connections finish where they are");

        stepped.engine().close(all);
        stepped.settle();
        assertEquals(State.BOUND, stepped.state(one), "it is bound as soon as the other one goes");
        talkTo("a1x");
    }

    @OverEveryWire
    void betterRankedFactoriesForSingleAddressesHaveThePort() throws IOException {
        FactoryBinding all = bind(ALL, a, 1);
        FactoryBinding one = bind(ONE, b, 2);
        FactoryBinding other = bind(OTHER, c, 0);

        assertEquals(State.SHADOWED, stepped.state(all));
        assertEquals(State.BOUND, stepped.state(one));
        assertEquals(State.BOUND, stepped.state(other), "nobody listens who overlaps with it");
        assertEquals(0, stepped.view(all).sharePercent());
        talkTo("b1x");

        stepped.engine().close(one);
        stepped.settle();
        assertEquals(State.BOUND, stepped.state(all));
        assertEquals(State.SHADOWED, stepped.state(other));
        talkTo("a1x");
    }

    @OverEveryWire
    void changedRankMovesThePort() throws IOException {
        FactoryBinding one = bind(ONE, a, 2);
        FactoryBinding all = bind(ALL, b, 1);
        assertEquals(State.SHADOWED, stepped.state(all));

        stepped.engine().rerank(all, rank(3));
        stepped.settle();

        assertEquals(State.BOUND, stepped.state(all));
        assertEquals(State.SHADOWED, stepped.state(one));
        talkTo("b1x");
    }

    @OverEveryWire
    void peersThatAreQueuedWhenThePortMovesAreServed() throws IOException {
        bind(ONE, a, 1);
        List<SteppedFixture.Peer> queued = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_ONE_TURN; i++) {
            queued.add(stepped.connect(port).send("x."));
        }

        bind(ALL, b, 2);

        for (SteppedFixture.Peer peer : queued) {
            assertEquals("a1x", peer.receive(3));
        }
    }

    @OverEveryWire
    void holdOnAllAddressesGivesWayToAFactoryForOneAndKeepsWhatWaits() throws IOException {
        FactoryBinding last = bind(ALL, a, 5);
        SteppedFixture.Peer suspended = talkTo("a1x");
        stepped.closeForSuccessor(last);
        SteppedFixture.Peer waits = waitingPeer();

        FactoryBinding one = bind(ONE, b, 1);

        assertEquals(State.BOUND, stepped.state(one));
        talkTo("b1x");
        assertEquals(1, stepped.holder().openConnections());
        assertEquals("", String.valueOf(suspended.look()) + waits.look(), "they have not asked for one address only");

        FactoryBinding next = bind(ALL, c, 0);
        assertEquals(State.SHADOWED, stepped.state(next));
        assertEquals("c2y", suspended.send("y.").receive(3));
        assertEquals("c1w", waits.receive(3));
    }

    @OverEveryWire
    void holdOnOneAddressGivesWayToAFactoryForAllAndEndsInTime() throws IOException {
        FactoryBinding last = stepped.bind(at(ONE).withHold(Hold.DEFAULTS.withTimeoutMillis(1_000)), rank(5), a);
        SteppedFixture.Peer suspended = talkTo("a1x");
        stepped.closeForSuccessor(last);
        SteppedFixture.Peer waits = waitingPeer();

        FactoryBinding all = bind(ALL, b, 1);
        assertEquals(State.BOUND, stepped.state(all));
        talkTo("b1x");

        stepped.pass(1_000);
        suspended.awaitEnd();
        waits.awaitEnd();
        talkTo("b1x");
        assertEquals(1, stepped.engine().bindings().size());
    }

    @OverEveryWire
    void addressThatIsHeldListensAgainWhenTheOtherOneGoes() throws IOException {
        FactoryBinding last = bind(ONE, a, 1);
        SteppedFixture.Peer suspended = talkTo("a1x");
        stepped.closeForSuccessor(last);
        FactoryBinding all = bind(ALL, b, 1);

        stepped.engine().close(all);
        stepped.settle();
        SteppedFixture.Peer waits = waitingPeer();
        bind(ONE, c, 1);

        assertEquals("c2y", suspended.send("y.").receive(3));
        assertEquals("c1w", waits.receive(3));
    }

    @OverEveryWire
    void connectionsOfAFactoryThatIsUpdatedWhileAnotherOneHasThePortGoOn() throws IOException {
        FactoryBinding one = bind(ONE, a, 1);
        SteppedFixture.Peer early = talkTo("a1x");
        bind(ALL, b, 2);

        stepped.closeForSuccessor(one);
        FactoryBinding next = bind(ONE, c, 1);

        assertEquals("c2y", early.send("y.").receive(3));
        assertEquals(State.SHADOWED, stepped.state(next));
        talkTo("b1x");
    }

    @OverEveryWire
    void betterRankedFactoryThatCannotBeBoundKeepsNobodyOff() throws IOException {
        server.says("moving.example", NOT_HERE);
        FactoryBinding better = bind("moving.example", a, 2);
        assertEquals(State.FAILED, stepped.state(better));

        FactoryBinding all = bind(ALL, b, 1);
        assertEquals(State.BOUND, stepped.state(all));
        talkTo("b1x");

        server.says("moving.example", ONE);
        stepped.pass(MAX_RETRY_MILLIS);
        answer();
        assertEquals(State.BOUND, stepped.state(better));
        assertEquals(State.SHADOWED, stepped.state(all));
        talkTo("a1x");
    }

    @OverEveryWire
    void rankDecidesAlsoWhenAStrangerGivesThePortBack() throws IOException {
        ServerWire stranger = stepped.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        FactoryBinding better = bind(ONE, a, 2);
        FactoryBinding all = bind(ALL, b, 1);
        assertEquals(List.of(State.FAILED, State.FAILED), List.of(stepped.state(better), stepped.state(all)));

        stranger.close();
        stepped.pass(MAX_RETRY_MILLIS);

        assertEquals(State.BOUND, stepped.state(better));
        assertEquals(State.SHADOWED, stepped.state(all));
        talkTo("a1x");
    }

    @OverEveryWire
    void factoryForAnyFreePortFindsAnotherOneWhenABetterOneAsksForIts() throws IOException {
        FactoryBinding any = stepped.bind(EndpointSettings.DEFAULTS, rank(1), a);
        int found = stepped.port(any);

        FactoryBinding better = stepped.bind(EndpointSettings.port(found), rank(2), b);

        assertEquals(List.of(State.BOUND, State.BOUND), List.of(stepped.state(any), stepped.state(better)));
        assertTrue(stepped.port(any) != found);
        assertEquals("b1x", stepped.connect(found).send("x.").receive(3));
        assertEquals("a1x", stepped.connect(any).send("x.").receive(3));
    }

    private EndpointSettings at(String host) {
        return EndpointSettings.DEFAULTS.withAddress(
                Address.DEFAULTS.withHost(host).withPort(port));
    }

    private Rank rank(int ranking) {
        return new Rank(ranking, nextService.getAndIncrement(), 1);
    }

    private FactoryBinding bind(String host, CounterFixture version, int ranking) throws IOException {
        FactoryBinding binding = stepped.bind(at(host), rank(ranking), version);
        answer();
        return binding;
    }

    private void answer() throws IOException {
        stepped.settle();
        server.answer();
        stepped.settle();
    }

    private SteppedFixture.Peer talkTo(String answer) throws IOException {
        SteppedFixture.Peer peer = stepped.connect(port).send("x.");
        assertEquals(answer, peer.receive(answer.length()));
        return peer;
    }

    /** One who has connected to a held address, and has spoken already. */
    private SteppedFixture.Peer waitingPeer() throws IOException {
        SteppedFixture.Peer peer = stepped.connect(port).send("w.");
        stepped.until("one to wait", () -> stepped.holder().waitingConnections() == 1);
        return peer;
    }
}
