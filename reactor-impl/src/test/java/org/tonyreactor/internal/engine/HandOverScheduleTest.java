package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.internal.engine.wire.Wires;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Hold;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.reactor.EndpointSettings.Share;
import org.tonyreactor.transport.CloseReason;

/**
 * Factories come, go, change their ranks, counters and settings, are put in quarantine and let out, endpoints are held and
 * served again, while peers connect, talk and leave: all in random order, with several orders at once on their way
 * through the loops. A run is repeated by its seed alone.
 */
class HandOverScheduleTest {
    /** How many orders; more of them with {@code -Dschedule.seeds=500}. */
    private static final int SEEDS = Integer.getInteger("schedule.seeds", 10);

    private static final int ACTIONS = 150;
    private static final int PEERS = 24;
    private static final int FACTORIES = 4;
    private static final Random NEVER = new Random() {
        private static final long serialVersionUID = 1;

        @Override
        public int nextInt(int bound) {
            return 1;
        }
    };

    private static final long HOLD_MILLIS = 100_000;
    /** After how many actions, on the average, nothing is done until everybody has answered. */
    private static final int ACTIONS_PER_REST = 4;

    private Wires wires = Wires.NIO;

    @RegisterExtension
    final BeforeEachCallback over = test -> wires = OverEveryWire.Each.wiresOf(test);

    @OverEveryWire
    void everyConnectionThatNobodyEndsAnswersInOrder() throws IOException {
        run("stay");
    }

    @OverEveryWire
    void everyConnectionAnswersInOrderOrHasEndedOnce() throws IOException {
        run("leave");
    }

    private void run(String peers) throws IOException {
        for (int seed = 1; seed <= SEEDS; seed++) {
            try (SteppedFixture stepped = new SteppedFixture(1 + seed % 3, wires)) {
                Run run = new Run(stepped, new Random(seed), peers.equals("stay"));
                try {
                    run.run();
                } catch (Throwable e) {
                    throw new AssertionError("seed " + seed + ", peers that " + peers + ": " + run.log, e);
                }
            }
        }
    }

    /** One random life of one address. */
    private static final class Run {
        private final SteppedFixture stepped;
        private final Random random;
        /** Nothing is done that may end a connection: every one must be there in the end. */
        private final boolean losesNothing;

        private final int port = EngineFixture.freePort();
        private final List<Version> all = new ArrayList<>();
        private final List<Version> bound = new ArrayList<>();
        private final List<Talk> talks = new ArrayList<>();
        private final List<String> log = new ArrayList<>();
        /** Of the protocols that quiesce, or did when they were ended. */
        private final List<CompletableFuture<String>> stages = new ArrayList<>();

        Run(SteppedFixture stepped, Random random, boolean losesNothing) throws IOException {
            this.stepped = stepped;
            this.random = random;
            this.losesNothing = losesNothing;
        }

        void run() throws IOException {
            bind();
            stepped.settle();
            for (int i = 0; i < ACTIONS; i++) {
                act();
                quiet();
                stepped.steps(random.nextInt(3)); // Or none: then the next action overtakes this one on the workers.
                check();
                if (random.nextInt(ACTIONS_PER_REST) == 0) {
                    rest();
                }
                checkNothingIsLost();
            }
            serveAll();
            checkNothingIsLost();
            end();
        }

        private void act() throws IOException {
            switch (random.nextInt(losesNothing ? 14 : 19)) {
                case 0, 1 -> bind();
                case 2, 3 -> retire();
                case 4 -> rerank();
                case 5 -> update();
                case 6 -> quarantine(true);
                case 7 -> quarantine(false);
                case 8 -> hold();
                case 9 -> resumeAccepting();
                case 10 -> handOver();
                case 11 -> connect();
                case 12, 13 -> talk();
                case 14 -> leave();
                case 15 -> closeConnection();
                case 16 -> close();
                case 17 -> drain();
                case 18 -> {
                    log.add("time");
                    stepped.clock.advanceMillis(random.nextInt(2_000));
                }
                default -> throw new IllegalStateException();
            }
        }

        /** Some of those that quiesce are done. */
        private void quiet() {
            if (!stages.isEmpty() && random.nextBoolean()) {
                stages.remove(random.nextInt(stages.size())).complete("done");
            }
        }

        /** All of those that quiesce are done, and those that do next. */
        private void allQuiet() throws IOException {
            stepped.settle();
            while (!stages.isEmpty()) { // Ends: who was handed over is not again unless somebody says so.
                List.copyOf(stages).forEach(each -> each.complete("done"));
                stages.clear();
                stepped.settle();
            }
        }

        private void bind() {
            if (bound.size() < FACTORIES) {
                Version version = new Version(all.size(), losesNothing ? NEVER : random, this::quiesce);
                log.add("bind " + version.number);
                version.binding = stepped.engine().bind(settings(), rank(version), version);
                all.add(version);
                bound.add(version);
            }
        }

        private @org.jspecify.annotations.Nullable CompletionStage<?> quiesce() {
            return switch (random.nextInt(3)) {
                case 0 -> null; // Nothing to do.
                case 1 -> CompletableFuture.completedFuture("done");
                default -> {
                    CompletableFuture<String> stage = new CompletableFuture<>();
                    stages.add(stage);
                    yield stage;
                }
            };
        }

        private EndpointSettings settings() {
            return EndpointSettings.port(port)
                    .withShare(Share.DEFAULTS
                            .withTakeover(random.nextBoolean())
                            .withWeight(random.nextInt(3) == 0 ? random.nextInt(101) : 100))
                    .withLimits(
                            Limits.DEFAULTS.withDrainTimeoutMillis(losesNothing ? HOLD_MILLIS : random.nextInt(1_000)))
                    .withHold(Hold.DEFAULTS
                            .withTimeoutMillis(
                                    losesNothing || random.nextInt(4) > 0 ? HOLD_MILLIS : random.nextInt(2) * 1_500L)
                            .withConnectionsMax(losesNothing ? PEERS : random.nextInt(3)));
        }

        private Rank rank(Version version) {
            return new Rank(random.nextInt(5), version.number, 1);
        }

        private Version anyBound() {
            return bound.get(random.nextInt(bound.size()));
        }

        private void retire() {
            if (!bound.isEmpty()) {
                Version version = bound.remove(random.nextInt(bound.size()));
                log.add("retire " + version.number);
                stepped.engine().closeForSuccessor(List.of(version.binding()));
            }
        }

        private void close() {
            if (!bound.isEmpty()) {
                Version version = bound.remove(random.nextInt(bound.size()));
                log.add("close " + version.number);
                stepped.engine().close(version.binding());
            }
        }

        private void rerank() {
            if (!bound.isEmpty()) {
                Version version = anyBound();
                log.add("rerank " + version.number);
                stepped.engine().rerank(version.binding(), rank(version));
            }
        }

        private void update() {
            if (!bound.isEmpty()) {
                Version version = anyBound();
                log.add("update " + version.number);
                stepped.engine().update(version.binding(), settings());
            }
        }

        private void quarantine(boolean on) {
            if (!bound.isEmpty()) {
                Version version = anyBound();
                log.add((on ? "quarantine " : "release ") + version.number);
                stepped.engine().control().quarantine(version.number, on);
            }
        }

        private void hold() {
            log.add("hold");
            stepped.engine().control().hold("127.0.0.1", port);
        }

        private void resumeAccepting() {
            log.add("resume accepting");
            stepped.engine().control().suspendAccepting("127.0.0.1", port, false);
        }

        private void handOver() {
            log.add("hand over");
            stepped.engine().control().handOver("127.0.0.1", port);
        }

        private void drain() {
            boolean patiently = random.nextBoolean();
            log.add("drain " + patiently);
            stepped.engine().control().drain("127.0.0.1", port, patiently);
        }

        private void closeConnection() {
            if (!talks.isEmpty()) {
                long id = 1L + random.nextInt(talks.size());
                log.add("close connection " + id);
                stepped.engine().control().closeConnection(id);
            }
        }

        private void connect() throws IOException {
            if (talks.size() < PEERS && isListening()) {
                log.add("connect");
                talks.add(new Talk(stepped.connect(port)));
            }
        }

        /** Connecting waits in the kernel, so it must not be tried while nobody listens. */
        private boolean isListening() throws IOException {
            stepped.settle();
            return stepped.engine().bindings().stream()
                    .anyMatch(view -> view.accepting()
                            && (view.state() == BindingView.State.BOUND || view.state() == BindingView.State.HELD));
        }

        private void talk() throws IOException {
            for (Talk talk : talks) {
                if (talk.peer.isOpen() && random.nextInt(3) == 0) {
                    talk.say(random.nextBoolean());
                }
            }
            log.add("talk");
        }

        private void leave() throws IOException {
            if (!talks.isEmpty()) {
                Talk talk = talks.get(random.nextInt(talks.size()));
                log.add("leave");
                if (random.nextBoolean()) {
                    talk.peer.reset();
                } else {
                    talk.peer.close();
                }
            }
        }

        /** Whoever is connected is served, unless nobody serves, or some may still be in the backlog. */
        private void rest() throws IOException {
            allQuiet();
            List<BindingView> views = stepped.engine().bindings();
            boolean served =
                    views.stream().anyMatch(view -> view.state() == BindingView.State.BOUND && view.accepting());
            boolean held = views.stream().anyMatch(view -> view.state() == BindingView.State.HELD);
            if (served && !held) {
                log.add("rest");
                everybodyAnswers();
            }
        }

        private void everybodyAnswers() throws IOException {
            for (Talk talk : talks) {
                if (talk.peer.isOpen()) {
                    talk.say(true);
                }
            }
            for (Talk talk : talks) {
                stepped.until("an answer: " + talk, () -> talk.check() == talk.said || !talk.peer.isOpen());
            }
        }

        private void check() {
            talks.forEach(Talk::check);
            all.forEach(Version::check);
        }

        private void checkNothingIsLost() {
            if (losesNothing) {
                talks.forEach(talk -> assertTrue(talk.peer.isOpen(), "a connection has ended"));
            }
        }

        /** Nothing is in the way any more: whoever has not ended answers. */
        private void serveAll() throws IOException {
            for (Version version : bound) {
                stepped.engine().control().quarantine(version.number, false);
            }
            Version last = new Version(all.size(), NEVER, this::quiesce);
            last.binding = stepped.engine()
                    .bind(
                            EndpointSettings.port(port)
                                    .withShare(Share.DEFAULTS.withTakeover(true))
                                    .withHold(Hold.DEFAULTS.withTimeoutMillis(0)),
                            new Rank(100, last.number, 1),
                            last);
            all.add(last);
            resumeAccepting();
            allQuiet();
            everybodyAnswers();
            check();
            stepped.pass(RefusedPeers.LINGER_MILLIS); // Whoever is closed and has not ended is not waited for any more.
            long open = all.stream()
                    .mapToLong(each -> each.binding().openConnections())
                    .sum();
            assertEquals(stepped.engine().view().poolUsed(), open, "slots and connections");
            if (losesNothing) {
                assertEquals(open, last.binding().openConnections(), "all are with the one that takes over");
            }
            bound.add(last);
        }

        private void end() throws IOException {
            List<FactoryBinding> bindings = bound.stream().map(Version::binding).toList();
            stepped.engine().closeForSuccessor(bindings);
            stepped.until("the factories to be gone", () -> {
                stepped.clock.advanceMillis(100);
                return all.stream().noneMatch(each -> each.binding().hasFactory());
            });
            stepped.until("the hold to end", () -> {
                stepped.clock.advanceMillis(HOLD_MILLIS / 10);
                return stepped.engine().bindings().isEmpty();
            });
            stepped.pass(RefusedPeers.LINGER_MILLIS);
            stepped.until("the slots to be free", () -> stepped.engine().view().poolUsed() == 0);
            check();
            for (Version version : all) {
                assertEquals(0, version.binding().openConnections(), "connections of " + version.number);
                version.protocols.forEach(Line::checkEnded);
            }
            assertEquals(0, stepped.engine().view().ignoredTokens());
            stepped.engine().view().workers().forEach(worker -> {
                assertEquals(0, worker.connections());
                assertEquals(0, worker.timers(), "timers that nobody needs");
            });
        }
    }

    /** What one peer has said, and heard: a line's answer is its number, counted by the connection's own state. */
    private static final class Talk {
        private final SteppedFixture.Peer peer;
        private int said;
        private int heard;
        private boolean amidst;

        Talk(SteppedFixture.Peer peer) {
            this.peer = peer;
        }

        /** Says a line, or begins or goes on with one. */
        void say(boolean whole) throws IOException {
            peer.send(whole ? "x." : "x");
            amidst = !whole;
            said += whole ? 1 : 0;
        }

        /** Returns how many answers have come. */
        int check() {
            String text = peer.look().toString();
            int from = 0;
            for (int end; (end = text.indexOf('.', from)) >= 0; from = end + 1) {
                heard++;
                assertEquals(heard, Integer.parseInt(text.substring(from, end)), "the number of the line");
            }
            peer.look().delete(0, from);
            assertTrue(heard <= said, "more answers than lines");
            return heard;
        }

        @Override
        public String toString() {
            return "said " + said + (amidst ? " and a half" : "") + ", heard " + heard;
        }
    }

    private static final class Version implements ProtocolFactory {
        private final int number;
        /** Says which of its protocols misbehave. */
        private final Random misbehaves;

        private final Supplier<@org.jspecify.annotations.Nullable CompletionStage<?>> quiesce;
        private final List<Line> protocols = new ArrayList<>();
        private @org.jspecify.annotations.Nullable FactoryBinding binding;
        private final List<String> violations = new ArrayList<>();
        private int calls;
        private int callsWhenGone = -1;

        Version(
                int number,
                Random misbehaves,
                Supplier<@org.jspecify.annotations.Nullable CompletionStage<?>> quiesce) {
            this.quiesce = quiesce;
            this.number = number;
            this.misbehaves = misbehaves;
        }

        FactoryBinding binding() {
            return java.util.Objects.requireNonNull(binding);
        }

        @Override
        public Protocol buildProtocol(org.tonyreactor.transport.Peer peer) {
            calls++;
            Line protocol = misbehaves() ? new Line(this) : new ResumableLine(this);
            protocols.add(protocol);
            return protocol;
        }

        /** What is thrown inside a callback the engine keeps for itself. */
        void expect(boolean fact, String otherwise) {
            if (!fact) {
                violations.add(otherwise);
            }
        }

        boolean misbehaves() {
            return misbehaves.nextInt(12) == 0;
        }

        void maybeThrow() {
            if (misbehaves()) {
                throw new IllegalStateException("on purpose");
            }
        }

        void check() {
            if (!binding().hasFactory()) {
                callsWhenGone = callsWhenGone < 0 ? calls : callsWhenGone;
                assertEquals(callsWhenGone, calls, "calls of version " + number + ", which has gone");
                protocols.forEach(Line::checkEnded);
            }
            assertEquals(List.of(), violations, "version " + number);
            assertTrue(binding().openConnections() >= 0, "connections of version " + number);
        }
    }

    /** Answers each line with its number. */
    private static class Line extends Protocol {
        final Version version;
        int lines;
        boolean suspended;
        private boolean begun;
        private int lost;

        Line(Version version) {
            this.version = version;
        }

        final void call() {
            version.calls++;
            version.expect(begun, "called before it has begun");
            version.expect(!suspended, "called after suspend");
            version.expect(lost == 0, "called after connectionLost");
        }

        final void begin() {
            version.expect(!begun, "begun twice");
            begun = true;
            call();
        }

        final void checkEnded() {
            assertTrue(!begun || suspended || lost == 1, "it has neither been suspended nor lost");
        }

        @Override
        public void connectionMade() {
            begin();
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            call();
            for (int i = data.position(); i < data.limit(); i++) {
                if (data.get(i) == '.') {
                    data.position(i + 1);
                    lines++;
                    write(ByteBuffer.wrap((lines + ".").getBytes(StandardCharsets.US_ASCII)));
                }
            }
        }

        @Override
        public void connectionLost(CloseReason reason) {
            call();
            lost++;
        }
    }

    /** Its number of lines is its state. */
    private static final class ResumableLine extends Line implements Resumable {
        ResumableLine(Version version) {
            super(version);
        }

        @Override
        public CompletionStage<?> quiesce() {
            call();
            version.maybeThrow();
            CompletionStage<?> stage = version.quiesce.get();
            return stage == null ? Resumable.super.quiesce() : stage;
        }

        @Override
        public ByteBuffer suspend() {
            call();
            version.maybeThrow();
            suspended = true;
            return ByteBuffer.allocate(Integer.BYTES).putInt(lines).flip();
        }

        @Override
        public void resume(ByteBuffer state) {
            begin();
            version.maybeThrow();
            lines = state.getInt();
        }
    }
}
