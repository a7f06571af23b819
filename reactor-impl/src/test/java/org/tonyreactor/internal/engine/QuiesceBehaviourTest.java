package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Hold;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.reactor.EndpointSettings.Share;
import org.tonyreactor.transport.CloseReason.Kind;

/** What a protocol may finish before it is suspended, turn by turn. */
@Timeout(60)
class QuiesceBehaviourTest {
    private static final Log LOG = Log.named("test");
    private static final long DRAIN_MILLIS = 500;
    private static final EndpointSettings SETTINGS =
            EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(DRAIN_MILLIS));

    @RegisterExtension
    final SteppedFixture stepped = new SteppedFixture(1);

    private final CounterFixture first = new CounterFixture("a");
    private final CounterFixture second = new CounterFixture("b");
    /** The stages of {@link #first}, in the order of asking. */
    private final List<CompletableFuture<String>> stages = new ArrayList<>();

    @OverEveryWire
    void stageThatIsDoneCostsNoTurn() throws Exception {
        int byDefault = turnsToSuspend(new CounterFixture("a"));

        int done = turnsToSuspend(new CounterFixture("a").quiesced(protocol -> CompletableFuture.completedFuture(1)));

        assertEquals(byDefault, done);
    }

    private int turnsToSuspend(CounterFixture version) throws IOException {
        FactoryBinding old = serve(version);
        stepped.connect(old);
        stepped.settle();
        stepped.engine().closeForSuccessor(List.of(old));
        int turns = 0;
        while (!version.all().get(0).calls().contains("suspend")) { // Ends: it is bounded by the drain time.
            stepped.step();
            turns++;
        }
        stepped.settle();
        stepped.pass(SETTINGS.hold().timeoutMillis() + 1); // Who comes next is served by the next version only.
        return turns;
    }

    @OverEveryWire
    void allAreAskedAndEachIsSuspendedWhenItsOwnStageIsDone() throws Exception {
        FactoryBinding old = serve(waiting());
        CounterFixture.Counting one = connect(old);
        CounterFixture.Counting other = connect(old);

        stepped.closeForSuccessor(old);
        stepped.settle();
        assertEquals(List.of("made", "quiesce"), one.calls());
        assertEquals(List.of("made", "quiesce"), other.calls());

        stages.get(1).complete("done");
        stepped.settle();
        assertEquals(1, old.suspendedConnections());
        assertTrue(old.hasFactory(), "it is waited for");

        stages.get(0).complete("done");
        stepped.settle();
        assertEquals(List.of("made", "quiesce", "suspend"), one.calls());
        assertEquals(List.of("made", "quiesce", "suspend"), other.calls());
        assertFalse(old.hasFactory());
    }

    @OverEveryWire
    void nothingIsReadWhileTasksTimersAndWritesWork() throws Exception {
        FactoryBinding old = serve(waiting());
        SteppedFixture.Peer peer = stepped.connect(old);
        assertEquals("a1x", peer.send("x.").receive(3));
        stepped.closeForSuccessor(old);
        stepped.settle();
        CounterFixture.Counting quiescing = first.all().get(0);

        peer.send("y.");
        stepped.settle();
        assertEquals("", peer.look().toString());
        assertTrue(quiescing
                .transport()
                .execute(() -> quiescing.callLater(Duration.ofMillis(5), () -> {
                    quiescing.transport().resumeReading(); // That does not bring the input either.
                    quiescing.write("timer");
                })));
        assertTrue(quiescing.transport().execute(() -> quiescing.write("task")));
        assertEquals("task", peer.receive(4));
        stepped.pass(6);
        assertEquals("timer", peer.receive(5));

        stages.get(0).complete("done");
        stepped.settle();
        stepped.bind(SETTINGS, Rank.NO_SERVICE, second);
        assertEquals("b2y", peer.receive(3));
        assertEquals(List.of("made", "quiesce", "suspend"), quiescing.calls());
    }

    @OverEveryWire
    void outputReadyComesMeanwhile() throws Exception {
        byte[] volume = new byte[8 << 20];
        FactoryBinding old = serve(first.quiesced(protocol -> {
            protocol.write(volume);
            return stage();
        }));
        SteppedFixture.Peer peer = stepped.connect(old);
        stepped.settle();

        stepped.closeForSuccessor(old);
        peer.receive(volume.length);
        stepped.settle();

        assertEquals(
                List.of("made", "quiesce", "outputReady"), first.all().get(0).calls());
    }

    @OverEveryWire
    @SuppressWarnings("NullAway") // On purpose: what a careless protocol does.
    void nullLosesTheConnection() throws Exception {
        assertLosesOneOfTwo(protocol -> null);
    }

    @OverEveryWire
    void quiesceThatThrowsLosesItsConnectionOnly() throws Exception {
        assertLosesOneOfTwo(protocol -> {
            throw new NoClassDefFoundError("on purpose");
        });
    }

    private void assertLosesOneOfTwo(CounterFixture.Quiesce bad) throws Exception {
        FactoryBinding old = serve(first.quiesced(
                protocol -> protocol.lines() == 1 ? bad.on(protocol) : CompletableFuture.completedFuture(1)));
        SteppedFixture.Peer lost = stepped.connect(old);
        lost.send("x.").receive(3);
        SteppedFixture.Peer goesOn = stepped.connect(old);
        goesOn.send("x.y.").receive(6);

        stepped.closeForSuccessor(old);
        stepped.settle();
        stepped.bind(SETTINGS, Rank.NO_SERVICE, second);

        lost.awaitEnd();
        assertEquals(List.of("made", "quiesce", "lost"), first.all().get(0).calls());
        assertEquals(Kind.PROTOCOL_ERROR, first.all().get(0).lost().get(0).kind());
        assertEquals(1, old.failedConnections());
        assertEquals("b3z", goesOn.send("z.").receive(3));
    }

    @OverEveryWire
    void stageThatFailsCountsAsDone() throws Exception {
        FactoryBinding old = serve(first.quiesced(protocol -> protocol.lines() == 1
                ? CompletableFuture.failedFuture(new IllegalStateException("on purpose, at once"))
                : stage()));
        SteppedFixture.Peer peer = stepped.connect(old);
        peer.send("x.").receive(3);
        connect(old);

        stepped.closeForSuccessor(old);
        stepped.settle();
        assertEquals(List.of("made", "quiesce", "suspend"), first.all().get(0).calls());
        stages.get(0).completeExceptionally(new IllegalStateException("on purpose, later"));
        stepped.settle();

        assertEquals(List.of("made", "quiesce", "suspend"), first.all().get(1).calls());
        assertFalse(old.hasFactory());
    }

    @OverEveryWire
    void oneDeadlineHoldsForAllAndLateWorkIsRefused() throws Exception {
        List<String> late = new ArrayList<>();
        FactoryBinding old = serve(waiting());
        SteppedFixture.Peer peer = stepped.connect(old);
        peer.send("x.").receive(3);
        CounterFixture.Counting other = connect(old);
        stepped.closeForSuccessor(old);
        stepped.settle();

        stepped.pass(DRAIN_MILLIS - 1);
        assertEquals(List.of("made", "quiesce"), other.calls());
        stepped.pass(2);

        assertEquals(List.of("made", "quiesce", "suspend"), first.all().get(0).calls());
        assertEquals(List.of("made", "quiesce", "suspend"), other.calls());
        assertFalse(old.hasFactory());
        assertFalse(first.all().get(0).transport().execute(() -> late.add("late")));
        stages.get(0).complete("late");
        stepped.settle();
        stepped.bind(SETTINGS, Rank.NO_SERVICE, second);
        assertEquals("b2y", peer.send("y.").receive(3));
        assertEquals(List.of(), late);
    }

    @OverEveryWire
    void noTimeToDrainIsNoTimeToQuiesce() throws Exception {
        FactoryBinding old =
                serve(EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(0)), waiting());
        CounterFixture.Counting asked = connect(old);

        stepped.closeForSuccessor(old);
        stepped.settle();

        assertEquals(List.of("made", "quiesce", "suspend"), asked.calls());
    }

    @OverEveryWire
    void peersFinIsTheNextVersions() throws Exception {
        FactoryBinding old = serve(waiting());
        SteppedFixture.Peer peer = talkAndGo(old);

        peer.send("y.").finish();
        stepped.settle();
        assertEquals(List.of("made", "quiesce"), first.all().get(0).calls());
        stages.get(0).complete("done");
        stepped.settle();
        stepped.bind(SETTINGS, Rank.NO_SERVICE, second);
        stepped.settle();

        assertEquals("b2y", peer.receive(3));
        peer.awaitEnd();
        assertEquals(List.of("made", "quiesce", "suspend"), first.all().get(0).calls());
        assertEquals(List.of("resume", "lost"), second.all().get(0).calls());
    }

    @OverEveryWire
    void connectionThatIsResetIsLostToItsProtocol() throws Exception {
        FactoryBinding old = serve(waiting());
        SteppedFixture.Peer peer = talkAndGo(old);
        CounterFixture.Counting quiescing = first.all().get(0);

        peer.reset();
        for (int i = 0; i < 3; i++) { // The kernel tells the second write of the answer to the first one.
            quiescing.transport().execute(() -> quiescing.write("anybody?"));
            stepped.settle();
        }

        assertEquals(List.of("made", "quiesce", "lost"), quiescing.calls());
        assertEquals(Kind.RESET, quiescing.lost().get(0).kind());
        assertFalse(old.hasFactory(), "nothing is waited for any more");
        stages.get(0).complete("late");
        stepped.settle();
        assertEquals(List.of("made", "quiesce", "lost"), quiescing.calls());
    }

    @OverEveryWire
    void connectionThatIsClosedIsNotSuspended() throws Exception {
        FactoryBinding old = serve(waiting());
        SteppedFixture.Peer peer = talkAndGo(old);
        CounterFixture.Counting quiescing = first.all().get(0);

        quiescing.transport().execute(() -> {
            quiescing.write("bye");
            quiescing.closeConnection();
            stages.get(0).complete("done");
        });
        stepped.settle();

        assertEquals("bye", peer.receive(3));
        peer.awaitEnd();
        assertEquals(List.of("made", "quiesce", "lost"), quiescing.calls());
        assertEquals(Kind.CLOSED_BY_PROTOCOL, quiescing.lost().get(0).kind());
        assertFalse(old.hasFactory());
    }

    @OverEveryWire
    void stageOfAConnectionThatHasGoneMeansNothingToTheNextOneInItsSlot() throws Exception {
        FactoryBinding old = serve(waiting());
        SteppedFixture.Peer peer = stepped.connect(old);
        stepped.settle();
        stepped.closeForSuccessor(old);
        stepped.settle();
        first.all().get(0).transport().abort();
        peer.awaitEnd();
        stepped.settle();
        assertEquals(0, stepped.engine().view().poolUsed());
        FactoryBinding next = serve(first);
        CounterFixture.Counting inItsSlot = connect(next);
        stepped.closeForSuccessor(next);
        stepped.settle();

        stages.get(0).complete("late");
        stepped.settle();
        assertEquals(List.of("made", "quiesce"), inItsSlot.calls());

        stages.get(1).complete("done");
        stepped.settle();
        assertEquals(List.of("made", "quiesce", "suspend"), inItsSlot.calls());
    }

    @OverEveryWire
    void stageOfAnEarlierVersionMeansNothingToTheNextOne() throws Exception {
        FactoryBinding old = serve(waiting());
        connect(old);
        stepped.closeForSuccessor(old);
        stepped.settle();
        stepped.pass(DRAIN_MILLIS + 1);
        FactoryBinding next = serve(second.quiesced(protocol -> stage()));
        stepped.settle();
        stepped.closeForSuccessor(next);
        stepped.settle();

        stages.get(0).complete("late");
        stepped.settle();
        assertEquals(List.of("resume", "quiesce"), second.all().get(0).calls());

        stages.get(1).complete("done");
        stepped.settle();
        assertEquals(
                List.of("resume", "quiesce", "suspend"), second.all().get(0).calls());
    }

    @OverEveryWire
    void stageThatIsDoneTwiceIsDoneOnce() throws Exception {
        List<BiConsumer<? super String, ? super Throwable>> hung = new ArrayList<>();
        FactoryBinding old = serve(first.quiesced(protocol -> new CompletableFuture<String>() {
            @Override
            public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
                hung.add(action);
                return this;
            }
        }));
        SteppedFixture.Peer peer = talkAndGo(old);
        assertEquals(1, hung.size());

        hung.get(0).accept("done", null);
        hung.get(0).accept("done", null);
        stepped.settle();
        stepped.bind(SETTINGS, Rank.NO_SERVICE, second);
        hung.get(0).accept(null, new IllegalStateException("on purpose"));

        assertEquals("b2y", peer.send("y.").receive(3));
        assertEquals(List.of("made", "quiesce", "suspend"), first.all().get(0).calls());
    }

    @OverEveryWire
    void stageMayBeDoneOnTheWorker() throws Exception {
        FactoryBinding old = serve(first.quiesced(protocol -> {
            CompletableFuture<String> stage = stage();
            protocol.callLater(Duration.ofMillis(5), () -> stage.complete("done"));
            return stage;
        }));
        CounterFixture.Counting quiescing = connect(old);
        stepped.closeForSuccessor(old);
        stepped.settle();
        assertEquals(List.of("made", "quiesce"), quiescing.calls());

        stepped.pass(6);

        assertEquals(List.of("made", "quiesce", "suspend"), quiescing.calls());
    }

    @OverEveryWire
    void betterFactoryGetsTheConnectionWhenItIsQuiet() throws Exception {
        EndpointSettings address = atFreePort();
        FactoryBinding old = serve(address, waiting());
        SteppedFixture.Peer peer = stepped.connect(old);
        peer.send("x.").receive(3);

        stepped.bind(takingOver(address), new Rank(1, 1, 1), second);
        stepped.settle();
        assertEquals(List.of("made", "quiesce"), first.all().get(0).calls());
        stages.get(0).complete("done");
        stepped.settle();

        assertEquals("b2y", peer.send("y.").receive(3));
    }

    @OverEveryWire
    void protocolWhoseSuccessorGoesMeanwhileIsResumedByItsOwnFactory() throws Exception {
        EndpointSettings address = atFreePort();
        FactoryBinding old = serve(address, waiting());
        SteppedFixture.Peer peer = stepped.connect(old);
        peer.send("x.").receive(3);
        FactoryBinding better = stepped.bind(takingOver(address), new Rank(1, 1, 1), second);
        stepped.settle();

        stepped.closeForSuccessor(better);
        stepped.settle();
        peer.send("y.");
        stages.get(0).complete("done");
        stepped.settle();

        assertEquals("a2y", peer.receive(3));
        assertEquals(List.of("made", "quiesce", "suspend"), first.all().get(0).calls());
        assertEquals(List.of("resume"), first.all().get(1).calls());
        assertEquals(1, old.openConnections());
    }

    @OverEveryWire
    void protocolThatWaitsForItsOwnFactoryEndsWithThat() throws Exception {
        EndpointSettings address = atFreePort();
        FactoryBinding old = serve(address, waiting());
        SteppedFixture.Peer peer = stepped.connect(old);
        peer.send("x.").receive(3);
        FactoryBinding better = stepped.bind(takingOver(address), new Rank(1, 1, 1), second);
        stepped.settle();
        stepped.closeForSuccessor(better);
        stepped.settle();

        stepped.engine().close(old);
        stepped.settle();

        peer.awaitEnd();
        assertEquals(List.of("made", "quiesce", "lost"), first.all().get(0).calls());
        assertEquals(Kind.SERVICE_GONE, first.all().get(0).lost().get(0).kind());
        assertEquals(1, first.all().size());
        assertFalse(old.hasFactory());
    }

    @OverEveryWire
    void protocolThatNobodyIsToTakeOverEndsAfterItsInput() throws Exception {
        FactoryBinding old = serve(SETTINGS.withHold(Hold.DEFAULTS.withTimeoutMillis(100)), waiting());
        SteppedFixture.Peer peer = talkAndGo(old);
        peer.send("y.");
        stepped.settle();
        assertEquals("", peer.look().toString());

        stepped.pass(101); // Nobody has come.

        assertEquals("a2y", peer.receive(3));
        peer.awaitEnd();
        assertEquals(List.of("made", "quiesce", "lost"), first.all().get(0).calls());
        assertEquals(Kind.SERVICE_GONE, first.all().get(0).lost().get(0).kind());
        assertFalse(old.hasFactory());
    }

    @OverEveryWire
    void stoppingEngineEndsAProtocolThatQuiesces() throws Exception {
        FactoryBinding old = serve(waiting());
        talkAndGo(old);

        stepped.engine().close();
        stepped.steps(4);

        assertEquals(List.of("made", "quiesce", "lost"), first.all().get(0).calls());
        stages.get(0).complete("late");
    }

    @OverEveryWire
    void auditOfTheSlotsForgetsNobodyWhoQuiesces() throws Exception {
        FactoryBinding old =
                serve(EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(20_000)), waiting());
        CounterFixture.Counting quiescing = connect(old);
        stepped.closeForSuccessor(old);
        stepped.settle();

        FailureReport.failed(LOG, "this test", "doing something", new StackOverflowError("on purpose"));
        for (int i = 0; i < 4; i++) { // It is noticed, waited for, and then audited.
            stepped.pass(501);
        }
        stages.get(0).complete("done");
        stepped.settle();

        assertEquals(List.of("made", "quiesce", "suspend"), quiescing.calls());
    }

    @OverEveryWire
    void idleTimeoutWaitsForTheNextVersion() throws Exception {
        FactoryBinding old =
                serve(EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withIdleTimeoutMillis(100)), waiting());
        CounterFixture.Counting quiescing = connect(old);
        stepped.closeForSuccessor(old);
        stepped.settle();

        stepped.pass(1_000);

        assertEquals(List.of("made", "quiesce"), quiescing.calls());
    }

    /** A peer that was answered once, by a version that is told to go. */
    private SteppedFixture.Peer talkAndGo(FactoryBinding old) throws IOException {
        SteppedFixture.Peer peer = stepped.connect(old);
        peer.send("x.").receive(3);
        stepped.closeForSuccessor(old);
        stepped.settle();
        return peer;
    }

    private CounterFixture waiting() {
        return first.quiesced(protocol -> stage());
    }

    private CompletableFuture<String> stage() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        stages.add(stage);
        return stage;
    }

    private FactoryBinding serve(CounterFixture version) {
        return serve(SETTINGS, version);
    }

    private FactoryBinding serve(EndpointSettings settings, CounterFixture version) {
        return stepped.bind(settings, Rank.NO_SERVICE, version);
    }

    private static EndpointSettings atFreePort() throws IOException {
        return SETTINGS.withAddress(SETTINGS.address().withPort(EngineFixture.freePort()));
    }

    private static EndpointSettings takingOver(EndpointSettings address) {
        return address.withShare(Share.DEFAULTS.withTakeover(true));
    }

    private CounterFixture.Counting connect(FactoryBinding binding) throws IOException {
        int before = first.all().size();
        stepped.connect(binding);
        stepped.until("a protocol", () -> first.all().size() > before);
        return first.all().get(before);
    }
}
