package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.reactor.EndpointSettings.Share;

/**
 * A primary with takeover beside a better-ranked canary, step by step: it takes over once, when it begins to be that primary,
 * and nothing else that changes moves a connection. Versions are called by a letter, and answer with it.
 */
class TakeoverTest {
    private static final String HOST = "127.0.0.1";
    private static final int HALF = 50;

    @RegisterExtension
    final SteppedFixture stepped = new SteppedFixture(1);

    private final CounterFixture a = new CounterFixture("a");
    private final CounterFixture b = new CounterFixture("b");
    private final CounterFixture c = new CounterFixture("c");
    private final int port = EngineFixture.freePort();
    private final AtomicInteger nextService = new AtomicInteger(1);

    TakeoverTest() throws IOException {}

    @OverEveryWire
    void changedSettingsOfACanaryLeaveItItsConnections() throws IOException {
        bind(taking(), a, 1);
        FactoryBinding canary = bind(share(HALF), b, 2);
        SteppedFixture.Peer peer = talkToCanary();

        update(canary, share(HALF).withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(1)));
        assertEquals("b2y", peer.send("y.").receive(3));

        update(canary, share(HALF - 1));
        assertEquals("b3z", peer.send("z.").receive(3), "another share is for new connections");
    }

    @OverEveryWire
    void otherSettingsOfThePrimaryMoveNothing() throws IOException {
        FactoryBinding primary = bind(taking(), a, 1);
        bind(share(HALF), b, 2);
        SteppedFixture.Peer peer = talkToCanary();

        update(primary, taking().withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(1)));

        assertEquals("b2y", peer.send("y.").receive(3));
    }

    @OverEveryWire
    void anotherFactoryThatComesAndGoesMovesNothing() throws IOException {
        bind(taking(), a, 1);
        bind(share(HALF), b, 2);
        SteppedFixture.Peer peer = talkToCanary();

        FactoryBinding third = bind(share(HALF), c, 0);
        assertEquals("b2y", peer.send("y.").receive(3));

        stepped.closeForSuccessor(third);
        stepped.settle();
        assertEquals("b3z", peer.send("z.").receive(3));
    }

    @OverEveryWire
    void changedRankThatLeavesThePrimaryMovesNothing() throws IOException {
        bind(taking(), a, 1);
        FactoryBinding canary = bind(share(HALF), b, 2);
        SteppedFixture.Peer peer = talkToCanary();

        stepped.engine().rerank(canary, rank(5));
        stepped.settle();

        assertEquals("b2y", peer.send("y.").receive(3));
    }

    @OverEveryWire
    void nextVersionOfThePrimaryTakesOverWhatTheOthersHaveOnce() throws IOException {
        FactoryBinding primary = bind(taking(), a, 1);
        FactoryBinding canary = bind(share(HALF), b, 2);
        SteppedFixture.Peer early = talkToCanary();

        stepped.closeForSuccessor(primary);
        bind(taking(), c, 1);
        stepped.settle();
        assertEquals("c2y", early.send("y.").receive(3));

        SteppedFixture.Peer late = talkTo("c1x", "b1x");
        update(canary, share(HALF - 1));
        assertEquals("b2y", late.send("y.").receive(3));
    }

    @OverEveryWire
    void primaryInPlaceOfOneInQuarantineTakesOverAtOnceAndNotLater() throws IOException {
        FactoryBinding failing = bind(EndpointSettings.DEFAULTS, a, 2);
        bind(taking(), b, 1);
        FactoryBinding canary = bind(share(HALF), c, 3);
        SteppedFixture.Peer early = talkTo("a1x", "c1x");

        quarantine(failing, true);
        assertEquals("b2y", early.send("y.").receive(3), "it is the primary from now on");

        SteppedFixture.Peer late = talkTo("b1x", "c1x");
        update(canary, share(HALF - 1));
        assertEquals("c2y", late.send("y.").receive(3));
    }

    @OverEveryWire
    void canaryThatLeavesItsQuarantineKeepsItsConnections() throws IOException {
        bind(taking(), a, 1);
        FactoryBinding canary = bind(share(HALF), b, 3);
        FactoryBinding other = bind(share(HALF), c, 2);
        SteppedFixture.Peer peer = talkToCanary();

        quarantine(other, true);
        quarantine(other, false);

        assertEquals("b2y", peer.send("y.").receive(3));
        assertEquals(1, canary.openConnections());
    }

    @OverEveryWire
    void hasNothingLeftToTakeAfterAnOperatorHasClosedAHeldEndpoint() throws IOException {
        bind(taking(), a, 1);
        FactoryBinding canary = bind(share(HALF), b, 2);
        stepped.engine().control().hold(HOST, port);
        stepped.settle();
        stepped.engine().control().drain(HOST, port, false);
        stepped.settle();
        stepped.engine().control().suspendAccepting(HOST, port, false);
        stepped.settle();
        SteppedFixture.Peer peer = talkToCanary();

        update(canary, share(HALF - 1));

        assertEquals("b2y", peer.send("y.").receive(3));
    }

    private static EndpointSettings share(int percent) {
        return EndpointSettings.DEFAULTS.withShare(Share.DEFAULTS.withWeight(percent));
    }

    private static EndpointSettings taking() {
        return EndpointSettings.DEFAULTS.withShare(Share.DEFAULTS.withTakeover(true));
    }

    private EndpointSettings here(EndpointSettings settings) {
        return settings.withAddress(Address.DEFAULTS.withPort(port));
    }

    private Rank rank(int ranking) {
        return new Rank(ranking, nextService.getAndIncrement(), 1);
    }

    private FactoryBinding bind(EndpointSettings settings, CounterFixture version, int ranking) {
        return stepped.bind(here(settings), rank(ranking), version);
    }

    private void update(FactoryBinding binding, EndpointSettings settings) throws IOException {
        stepped.engine().update(binding, here(settings));
        stepped.settle();
    }

    private void quarantine(FactoryBinding binding, boolean on) throws IOException {
        stepped.engine().control().quarantine(binding.rank().serviceId(), on);
        stepped.settle();
    }

    /** The canary has every second connection. */
    private SteppedFixture.Peer talkToCanary() throws IOException {
        return talkTo("a1x", "b1x");
    }

    /** Makes connections that are answered so, and returns the last one. */
    private SteppedFixture.Peer talkTo(String... answers) throws IOException {
        SteppedFixture.Peer peer = null;
        for (String answer : answers) {
            peer = stepped.connect(port).send("x.");
            assertEquals(answer, peer.receive(answer.length()));
        }
        if (peer == null) {
            throw new IllegalArgumentException("no answer");
        }
        return peer;
    }
}
