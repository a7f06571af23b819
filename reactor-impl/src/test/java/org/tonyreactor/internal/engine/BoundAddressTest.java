package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.connection.Worker;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Hold;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.reactor.EndpointSettings.Quarantine;
import org.tonyreactor.reactor.EndpointSettings.Share;
import org.tonyreactor.transport.CloseReason.Kind;

/** Who gets the connections of one address, step by step. Versions are called by a letter, and answer with it. */
class BoundAddressTest {
    private static final String HOST = "127.0.0.1";

    @RegisterExtension
    final SteppedFixture stepped = new SteppedFixture(1);

    private final CounterFixture a = new CounterFixture("a");
    private final CounterFixture b = new CounterFixture("b");
    private final CounterFixture c = new CounterFixture("c");
    private final int port = EngineFixture.freePort();
    private final AtomicInteger nextService = new AtomicInteger(1);

    BoundAddressTest() throws IOException {}

    // Ranks.

    @OverEveryWire
    void betterRankServesAndTheOtherIsShadowed() throws IOException {
        FactoryBinding low = bind(a, 1);
        SteppedFixture.Peer early = talkTo("a1x");
        FactoryBinding high = bind(b, 2);

        talkTo("b1x");
        assertEquals(State.SHADOWED, stepped.state(low));
        assertEquals(State.BOUND, stepped.state(high));
        assertEquals("a2y", early.send("y.").receive(3), "and its old connections finish where they are");
    }

    @OverEveryWire
    void changedRankMovesNewConnectionsOnly() throws IOException {
        FactoryBinding first = bind(a, 1);
        bind(b, 0);
        SteppedFixture.Peer early = talkTo("a1x");

        stepped.engine().rerank(first, rank(-1));
        stepped.step();

        talkTo("b1x");
        assertEquals("a2y", early.send("y.").receive(3));
        assertEquals(State.SHADOWED, stepped.state(first));
    }

    @OverEveryWire
    void connectionsOfABetterOneThatGoesRollBack() throws IOException {
        FactoryBinding old = bind(a, 1);
        FactoryBinding better = bind(b, 2);
        SteppedFixture.Peer peer = talkTo("b1x");

        stepped.closeForSuccessor(better);

        assertEquals("a2y", peer.send("y.").receive(3));
        assertEquals(State.BOUND, stepped.state(old));
        assertEquals(1, old.resumedConnections());
        assertEquals(1, better.suspendedConnections());
        assertFalse(better.hasFactory());
    }

    // Takeover.

    @OverEveryWire
    void takeoverHandsOldConnectionsOverAtOnce() throws IOException {
        FactoryBinding old = bind(a, 1);
        SteppedFixture.Peer peer = talkTo("a1x");

        bind(settings().withShare(Share.DEFAULTS.withTakeover(true)), b, 2);

        assertEquals("b2y", peer.send("y.").receive(3));
        assertEquals(0, old.openConnections());
        assertTrue(old.hasFactory(), "it stays, to roll back to");
    }

    @OverEveryWire
    void takeoverThatIsSetLiveHandsOverToo() throws IOException {
        bind(a, 1);
        SteppedFixture.Peer peer = talkTo("a1x");
        FactoryBinding better = bind(b, 2);
        assertEquals("a2y", peer.send("y.").receive(3));

        stepped.engine().update(better, settings().withShare(Share.DEFAULTS.withTakeover(true)));
        stepped.settle();

        assertEquals("b3z", peer.send("z.").receive(3));
    }

    @OverEveryWire
    void takeoverWithAShareOfConnectionsLeavesTheOthersAlone() throws IOException {
        bind(a, 1);
        SteppedFixture.Peer peer = talkTo("a1x");

        FactoryBinding canary =
                bind(settings().withShare(Share.DEFAULTS.withTakeover(true).withWeight(50)), b, 2);
        stepped.settle();
        assertEquals("a2y", peer.send("y.").receive(3));

        stepped.engine()
                .update(
                        canary,
                        settings().withShare(Share.DEFAULTS.withTakeover(true).withWeight(100)));
        stepped.settle();
        assertEquals("b3z", peer.send("z.").receive(3), "until it gets all");
    }

    @OverEveryWire
    void takeoverOfAWorseRankTakesNothing() throws IOException {
        bind(a, 2);
        SteppedFixture.Peer peer = talkTo("a1x");

        bind(settings().withShare(Share.DEFAULTS.withTakeover(true)), b, 1);
        stepped.settle();

        assertEquals("a2y", peer.send("y.").receive(3));
    }

    // Weights.

    @OverEveryWire
    void sharesAreExactOverAHundredConnections() throws IOException {
        FactoryBinding tenth = bind(settings().withShare(Share.DEFAULTS.withWeight(10)), a, 3);
        FactoryBinding half = bind(settings().withShare(Share.DEFAULTS.withWeight(50)), b, 2);
        FactoryBinding rest = bind(settings().withShare(Share.DEFAULTS.withWeight(7)), c, 1);

        connect(100);

        assertEquals(List.of(10L, 45L, 45L), accepted(tenth, half, rest));
        assertEquals(List.of(10.0, 45.0, 45.0), counters(tenth, half, rest), "the last takes what reaches it");
        assertEquals(List.of(State.BOUND, State.BOUND, State.BOUND), states(tenth, half, rest));
    }

    @OverEveryWire
    void sharesAreSpreadEvenly() throws IOException {
        FactoryBinding third = bind(settings().withShare(Share.DEFAULTS.withWeight(25)), a, 2);
        FactoryBinding rest = bind(b, 1);
        for (int round = 1; round <= 5; round++) {
            connect(4);
            assertEquals(List.of((long) round, 3L * round), accepted(third, rest));
        }
    }

    @OverEveryWire
    void weightOfNoughtGetsNothingUnlessItIsAlone() throws IOException {
        FactoryBinding nothing = bind(settings().withShare(Share.DEFAULTS.withWeight(0)), a, 2);
        FactoryBinding rest = bind(b, 1);
        connect(10);
        assertEquals(List.of(0L, 10L), accepted(nothing, rest));

        stepped.closeForSuccessor(rest);
        connect(3);
        assertEquals(3, nothing.acceptedConnections());
    }

    @OverEveryWire
    void weightThatChangesLiveCountsFromTheNextConnection() throws IOException {
        FactoryBinding canary = bind(settings().withShare(Share.DEFAULTS.withWeight(10)), a, 2);
        FactoryBinding rest = bind(b, 1);
        connect(100);
        stepped.engine().update(canary, settings().withShare(Share.DEFAULTS.withWeight(60)));
        stepped.step();

        connect(100);

        assertEquals(List.of(70L, 130L), accepted(canary, rest));
        assertEquals(List.of(60.0, 40.0), counters(canary, rest));
    }

    @OverEveryWire
    void fullWeightShadowsWhoStandsBehind() throws IOException {
        FactoryBinding canary = bind(settings().withShare(Share.DEFAULTS.withWeight(50)), a, 3);
        FactoryBinding main = bind(b, 2);
        FactoryBinding behind = bind(c, 1);

        assertEquals(List.of(State.BOUND, State.BOUND, State.SHADOWED), states(canary, main, behind));
        assertEquals(List.of(50.0, 50.0, 0.0), counters(canary, main, behind));
    }

    @OverEveryWire
    void connectionsOfACanaryThatGoesAreTheMainFactorys() throws IOException {
        FactoryBinding canary = bind(settings().withShare(Share.DEFAULTS.withWeight(50)), a, 3);
        bind(b, 2);
        bind(c, 1);
        talkTo("b1x");
        SteppedFixture.Peer peer = talkTo("a1x");

        stepped.closeForSuccessor(canary);

        assertEquals("b2y", peer.send("y.").receive(3));
    }

    // Quarantine.

    @OverEveryWire
    void failingFactoryWithASuccessorIsPutInQuarantine() throws IOException {
        FactoryBinding good = bind(a, 1);
        FactoryBinding bad = bind(failing(), b, 2);
        SteppedFixture.Peer spared = talkTo("b1x");
        fail(b, 2);

        assertEquals(State.QUARANTINED, stepped.state(bad));
        assertEquals(State.BOUND, stepped.state(good));
        assertEquals("2 of 3 connections have failed within 10000 ms", bad.quarantineReason());
        talkTo("a1x");
        assertEquals("a2y", spared.send("y.").receive(3), "its others are handed back");
    }

    @OverEveryWire
    void failingFactoryWithoutASuccessorGoesOn() throws IOException {
        FactoryBinding alone = bind(failing(), a, 1);
        fail(a, 20);

        assertEquals(State.BOUND, stepped.state(alone));
        assertNull(alone.quarantineReason());
        talkTo("a1x");
    }

    @OverEveryWire
    void failingFactoryIsNotPutInQuarantineForASuccessorThatIsInQuarantineItself() throws IOException {
        FactoryBinding other = bind(a, 1);
        FactoryBinding failing = bind(failing(), b, 2);
        quarantine(other, true);

        fail(b, 5);

        assertEquals(State.BOUND, stepped.state(failing));
    }

    @OverEveryWire
    void failingFactoryComesBackWhenAllOthersHaveGone() throws IOException {
        FactoryBinding good = bind(a, 1);
        FactoryBinding bad = bind(failing(), b, 2);
        fail(b, 2);
        SteppedFixture.Peer peer = talkTo("a1x");

        stepped.closeForSuccessor(good);

        assertEquals(State.BOUND, stepped.state(bad));
        assertEquals("b2y", peer.send("y.").receive(3));
    }

    @OverEveryWire
    void quarantineByAnOperatorLastsThoughAllOthersHaveGone() throws IOException {
        FactoryBinding good = bind(a, 1);
        FactoryBinding bad = bind(b, 2);
        quarantine(bad, true);
        SteppedFixture.Peer peer = talkTo("a1x");

        stepped.closeForSuccessor(good);

        assertEquals(State.QUARANTINED, stepped.state(bad));
        assertEquals(1, stepped.holder().openConnections());
        quarantine(bad, false);
        assertEquals("b2y", peer.send("y.").receive(3));
    }

    @OverEveryWire
    void releasedFactoryServesAgainAndItsFailuresAreForgotten() throws IOException {
        bind(a, 1);
        FactoryBinding bad = bind(failing(), b, 2);
        fail(b, 2);

        quarantine(bad, false);

        talkTo("b1x");
        fail(b, 1);
        assertEquals(State.BOUND, stepped.state(bad));
        fail(b, 1);
        assertEquals(State.QUARANTINED, stepped.state(bad));
    }

    @OverEveryWire
    void nextVersionIsNotInTheQuarantineOfThisOne() throws IOException {
        bind(a, 1);
        FactoryBinding bad = bind(failing(), b, 2);
        fail(b, 2);

        stepped.closeForSuccessor(bad);
        FactoryBinding next = bind(failing(), c, 2);

        assertEquals(State.BOUND, stepped.state(next));
        talkTo("c1x");
    }

    @OverEveryWire
    void factoryAloneInQuarantineByAnOperatorIsHeld() throws IOException {
        FactoryBinding alone = bind(a, 1);
        quarantine(alone, true);

        SteppedFixture.Peer waits = stepped.connect(port).send("x.");
        stepped.until("one peer to wait", () -> stepped.holder().waitingConnections() == 1);

        quarantine(alone, false);
        assertEquals("a1x", waits.receive(3));
    }

    @OverEveryWire
    void nobodyWaitsForAFactoryInQuarantineThatCannotBeHeld() throws IOException {
        FactoryBinding alone = bind(a, 1);
        stepped.closeForSuccessor(alone);
        FactoryBinding next = bind(settings().withHold(Hold.DEFAULTS.withTimeoutMillis(0)), b, 1);
        quarantine(next, true);

        stepped.connect(port).awaitEnd();
    }

    @OverEveryWire
    void versionWhoseEveryResumeThrowsCostsOnlyWhatIsHandedOverUntilItIsNoticed() throws IOException {
        int open = 2 * Worker.DEFERRED_PER_TURN;
        FactoryBinding good = bind(a, 1);
        List<SteppedFixture.Peer> peers = new ArrayList<>();
        for (int i = 0; i < open; i++) {
            peers.add(stepped.connect(port));
        }
        stepped.until("all to be served", () -> good.openConnections() == open);
        b.resumed(protocol -> {
            throw new IllegalStateException("on purpose");
        });

        FactoryBinding bad = bind(settings().withShare(Share.DEFAULTS.withTakeover(true)), b, 2);
        stepped.until("the quarantine", () -> stepped.state(bad) == State.QUARANTINED);
        stepped.until("the ends", () -> bad.openConnections() == 0);

        assertEquals(Worker.DEFERRED_PER_TURN, bad.failedConnections());
        assertEquals(open - Worker.DEFERRED_PER_TURN, good.openConnections(), "the others have stayed");
        assertEquals(
                0,
                peers.stream()
                        .filter(peer -> !peer.isEnded())
                        .findFirst()
                        .orElseThrow()
                        .look()
                        .length());
    }

    // Hold.

    @OverEveryWire
    void heldPeersAreServedInOrder() throws IOException {
        stepped.closeForSuccessor(bind(a, 1));
        for (int i = 1; i <= 5; i++) {
            int count = i;
            stepped.connect(port).send(i + ".");
            stepped.until("waiting", () -> stepped.holder().waitingConnections() == count);
        }
        List<Long> ids = new ArrayList<>();
        b.made(protocol -> ids.add(protocol.transport().id()));
        List<Integer> order = new ArrayList<>();
        b.line(protocol -> order.add(protocol.lines()));

        bind(b, 1);
        stepped.until("all to be served", () -> order.size() == 5);

        assertEquals(ids.stream().sorted().toList(), ids);
        assertEquals(5, b.all().size());
    }

    @OverEveryWire
    void heldPeersAreSharedByWeight() throws IOException {
        FactoryBinding first = bind(settings().withShare(Share.DEFAULTS.withWeight(50)), a, 2);
        FactoryBinding second = bind(b, 1);
        stepped.engine().control().hold(HOST, port);
        stepped.step();
        for (int i = 0; i < 4; i++) {
            stepped.connect(port);
        }
        stepped.until("waiting", () -> stepped.holder().waitingConnections() == 4);

        stepped.engine().control().suspendAccepting(HOST, port, false);
        stepped.settle();

        assertEquals(List.of(2L, 2L), accepted(first, second));
    }

    @OverEveryWire
    void holdEndsAtItsTimeAndNotBefore() throws IOException {
        FactoryBinding last = bind(settings().withHold(Hold.DEFAULTS.withTimeoutMillis(1_000)), a, 1);
        SteppedFixture.Peer suspended = talkTo("a1x");
        stepped.closeForSuccessor(last);
        SteppedFixture.Peer waits = stepped.connect(port);
        stepped.until("waiting", () -> stepped.holder().waitingConnections() == 1);

        stepped.pass(999);
        assertEquals(State.HELD, stepped.state(stepped.holder()));
        stepped.pass(1);

        assertEquals(List.of(), stepped.engine().bindings());
        waits.awaitEnd();
        suspended.awaitEnd();
        stepped.pass(RefusedPeers.LINGER_MILLIS);
        stepped.until("no slot to be left", () -> stepped.engine().view().poolUsed() == 0);
        assertEquals(List.of("made", "suspend"), a.all().get(0).calls(), "nobody is told");
    }

    @OverEveryWire
    void factoryThatGoesWhileItsAddressIsHeldByAnOperatorIsWaitedForAllItsTime() throws IOException {
        FactoryBinding only = bind(settings().withHold(Hold.DEFAULTS.withTimeoutMillis(1_000)), a, 1);
        SteppedFixture.Peer peer = talkTo("a1x");
        stepped.engine().control().hold(HOST, port);
        stepped.step();
        stepped.pass(900);

        stepped.closeForSuccessor(only);
        stepped.pass(900);
        bind(b, 1);

        assertEquals("b2y", peer.send("y.").receive(3));
    }

    @OverEveryWire
    void suspendedConnectionsAreHandedToTheNextThoughSomeAreStillOnTheirWay() throws IOException {
        int open = 2 * Worker.DEFERRED_PER_TURN;
        FactoryBinding old = bind(a, 1);
        for (int i = 0; i < open; i++) {
            stepped.connect(port);
        }
        stepped.until("all to be served", () -> old.openConnections() == open);
        stepped.closeForSuccessor(old);
        assertEquals(Worker.DEFERRED_PER_TURN, stepped.holder().openConnections());

        FactoryBinding next = bind(b, 1);
        stepped.until("all to be handed over", () -> next.resumedConnections() == open);

        assertFalse(old.hasFactory());
        assertEquals(open, next.openConnections());
    }

    @OverEveryWire
    void holdThatIsUndoneBeforeTheWorkersComeToItLeavesNobodyBehind() throws IOException {
        bind(a, 1);
        SteppedFixture.Peer peer = talkTo("a1x");

        stepped.engine().control().hold(HOST, port);
        stepped.engine().control().suspendAccepting(HOST, port, false);
        stepped.settle();

        assertEquals("a2y", peer.send("y.").receive(3));
    }

    @OverEveryWire
    void holdThatEndsByItselfBringsALastResortBack() throws IOException {
        FactoryBinding good = bind(settings().withHold(Hold.DEFAULTS.withTimeoutMillis(1_000)), a, 1);
        FactoryBinding bad = bind(failing(), b, 2);
        fail(b, 2);
        SteppedFixture.Peer peer = talkTo("a1x");
        stepped.engine().control().hold(HOST, port);
        stepped.step();
        stepped.closeForSuccessor(good);
        SteppedFixture.Peer waits = stepped.connect(port).send("w.");
        stepped.until("waiting", () -> stepped.holder().waitingConnections() == 1);

        stepped.pass(1_000);

        assertEquals(State.BOUND, stepped.state(bad));
        assertEquals("b1w", waits.receive(3));
        assertEquals("b2y", peer.send("y.").receive(3));
    }

    @OverEveryWire
    void holdThatEndsWithNobodyButFactoriesInQuarantineIsGivenUp() throws IOException {
        FactoryBinding only = bind(settings().withHold(Hold.DEFAULTS.withTimeoutMillis(1_000)), a, 1);
        SteppedFixture.Peer peer = talkTo("a1x");
        stepped.engine().control().hold(HOST, port);
        quarantine(only, true);
        SteppedFixture.Peer waits = stepped.connect(port);
        stepped.until("waiting", () -> stepped.holder().waitingConnections() == 1);

        stepped.pass(1_000);

        waits.awaitEnd();
        peer.awaitEnd();
        assertEquals(State.QUARANTINED, stepped.state(only));
    }

    // Two going at once.

    @OverEveryWire
    void bothFactoriesThatGoAtOnceLeaveTheirConnectionsToTheNext() throws IOException {
        FactoryBinding low = bind(a, 1);
        SteppedFixture.Peer first = talkTo("a1x");
        FactoryBinding high = bind(b, 2);
        SteppedFixture.Peer second = talkTo("b1x");

        stepped.engine().closeForSuccessor(List.of(low)); // To the other one, which goes before they get there.
        stepped.engine().closeForSuccessor(List.of(high));
        stepped.settle();
        bind(c, 1);

        assertEquals("c2y", first.send("y.").receive(3));
        assertEquals("c2y", second.send("y.").receive(3));
        assertFalse(low.hasFactory() || high.hasFactory());
    }

    @OverEveryWire
    void drainIsOverInTimeThoughTheHeirHasGoneToo() throws IOException {
        // So many that the deadline comes before their turn to be handed over.
        int open = 2 * Worker.DEFERRED_PER_TURN;
        FactoryBinding low = bind(settings().withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(0)), a, 1);
        for (int i = 0; i < open; i++) {
            stepped.connect(port).send("half");
        }
        stepped.until("all to be served", () -> low.openConnections() == open && low.bytesIn() == 4L * open);
        FactoryBinding high = bind(
                settings()
                        .withHold(Hold.DEFAULTS.withTimeoutMillis(0))
                        .withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(0)),
                b,
                2);
        stepped.engine().closeForSuccessor(List.of(low));
        stepped.clock.advanceMillis(1);
        stepped.step();

        stepped.clock.advanceMillis(1);
        stepped.closeForSuccessor(high);
        stepped.clock.advanceMillis(1);
        stepped.until("both to be gone", () -> !low.hasFactory() && !high.hasFactory());

        assertEquals(0, low.openConnections());
        assertTrue(a.all().stream()
                .allMatch(each -> each.calls().contains("suspend")
                        || (each.lost().size() == 1 && each.lost().get(0).kind() == Kind.SERVICE_GONE)));
    }

    private EndpointSettings settings() {
        return EndpointSettings.port(port);
    }

    private EndpointSettings failing() {
        return settings().withQuarantine(Quarantine.DEFAULTS.withFailures(2).withPercent(1));
    }

    private Rank rank(int ranking) {
        return new Rank(ranking, nextService.getAndIncrement(), 1);
    }

    private FactoryBinding bind(CounterFixture version, int ranking) {
        return bind(settings(), version, ranking);
    }

    private FactoryBinding bind(EndpointSettings settings, CounterFixture version, int ranking) {
        FactoryBinding binding = stepped.bind(settings, rank(ranking), version);
        assertNull(stepped.view(binding).failure());
        return binding;
    }

    private void quarantine(FactoryBinding binding, boolean on) {
        stepped.engine().control().quarantine(binding.rank().serviceId(), on);
        stepped.steps(2);
    }

    private SteppedFixture.Peer talkTo(String answer) throws IOException {
        SteppedFixture.Peer peer = stepped.connect(port).send("x.");
        assertEquals(answer, peer.receive(answer.length()));
        return peer;
    }

    /** Peers whose protocols throw, one after the other. */
    private void fail(CounterFixture version, int count) throws IOException {
        version.line(protocol -> {
            throw new IllegalStateException("on purpose");
        });
        for (int i = 0; i < count; i++) {
            stepped.connect(port).send("x.").awaitEnd();
        }
        stepped.settle();
        version.line(protocol -> {});
    }

    private void connect(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            long before = stepped.engine().view().poolUsed();
            stepped.connect(port);
            stepped.until("accepting", () -> stepped.engine().view().poolUsed() == before + 1);
        }
    }

    private List<Long> accepted(FactoryBinding... bindings) {
        return List.of(bindings).stream()
                .map(FactoryBinding::acceptedConnections)
                .toList();
    }

    private List<Double> counters(FactoryBinding... bindings) {
        return List.of(bindings).stream()
                .map(each -> stepped.view(each).sharePercent())
                .toList();
    }

    private List<State> states(FactoryBinding... bindings) {
        return List.of(bindings).stream().map(stepped::state).toList();
    }
}
