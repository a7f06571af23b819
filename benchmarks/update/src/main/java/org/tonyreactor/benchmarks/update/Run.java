package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One run: opens the connections, measures the machine, updates again and again, and ends all. The main thread's. */
final class Run implements AutoCloseable {
    private static final int WARM_UP_ROUNDS = 5;
    private static final int SAMPLES = 10;
    private static final int SETTLING_TRIES = 20;
    private static final long SETTLING_MILLIS = 50;
    private static final long ROUND_SECONDS = 20;
    private static final long END_SECONDS = 20;
    private static final long POLL_MILLIS = 5;

    private final ProofOptions options;
    private final Load load;
    private final ServerProcess server;
    private final LedgerBundles bundles;
    private final PrintStream progress;
    private final Measured measured = new Measured();
    private final LivePeers peers;
    private final LoadLoop callLoop;
    private final Calls calls;
    private long callsOnNanos;
    private long fewestDescriptors = Long.MAX_VALUE;

    Run(ProofOptions options, Load load, ServerProcess server, LedgerBundles bundles, PrintStream progress)
            throws IOException {
        this.options = options;
        this.load = load;
        this.server = server;
        this.bundles = bundles;
        this.progress = progress;
        peers = new LivePeers(load, options);
        callLoop = new LoadLoop("callers", load.tally());
        calls = new Calls(callLoop, load, options.connectsPerSecond());
        callLoop.post(() -> callLoop.perform(calls));
    }

    Measured run() throws IOException, InterruptedException {
        ListenQueue before = ListenQueue.read(load.server().getPort());
        Processors idle = Processors.read(server.pid());
        measured.unprepared += peers.open(options);
        measured.live = peers.size();
        say(measured.live + " live connections");
        callFromNowOn();
        measureMachine();
        for (int update = 1; update <= options.updates() && measured.updatesMissed == 0; update++) {
            update(update + 1);
            if (update % Math.max(1, options.updates() / SAMPLES) == 0 || update == options.updates()) {
                sample(update);
            }
        }
        measured.listenQueue = ListenQueue.read(load.server().getPort()).since(before);
        measured.processors = Processors.read(server.pid()).since(idle);
        end();
        return measured;
    }

    Histogram connectNanos() {
        return calls.connectNanos();
    }

    Histogram answerNanos() {
        return calls.answerNanos();
    }

    @Override
    public void close() throws IOException {
        callLoop.close();
        peers.close();
    }

    private void measureMachine() throws InterruptedException {
        Measured cold = new Measured();
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            baseline(cold);
        }
        sample(0);
        for (int i = 0; i < options.baselineRounds(); i++) {
            baseline(measured);
        }
    }

    private void baseline(Measured into) throws InterruptedException {
        Round round = peers.beginBaseline(load.versions().newest());
        long startNanos = System.nanoTime();
        peers.release(false);
        into.connectionsMissed += round.answers().await(ROUND_SECONDS);
        into.baselineAnswered.recordValue(round.answers().lastNanos() - startNanos);
        peers.end(into.baselinePauses);
        gap();
    }

    private void update(int version) throws InterruptedException {
        measured.unprepared += peers.prepare();
        awaitFilled(measured.updatesDone + 1L);
        // What it takes to get them there is no part of the pauses.
        gap();
        load.versions().begin(version);
        Round round = peers.begin(version);
        long startNanos = System.nanoTime();
        Figures phases = server.ask("update " + bundles.file(version));
        load.versions().settle();
        peers.release(true);
        int missing = round.answers().await(ROUND_SECONDS);
        long answeredNanos = round.answers().lastNanos() - startNanos;
        Histogram pauses = Measured.histogram();
        peers.end(pauses);
        measured.pauses.add(pauses);
        measured.updates.recordValue(phases.get("nanos"));
        Figures spans = server.ask("spans");
        measured.suspending.recordValue(spans.count("suspending"));
        measured.held.recordValue(Math.max(0, spans.count("held")));
        measured.resuming.recordValue(spans.count("resuming"));
        measured.updatesDone++;
        measured.answered.recordValue(Math.max(0, answeredNanos));
        int lost = measured.live - peers.alive();
        if (missing > 0 || lost > 0) {
            // What comes after would only say the same again.
            measured.updatesMissed++;
            measured.connectionsMissed += missing + lost;
        }
        say("update " + (version - 1) + ": all answered after " + millis(answeredNanos) + " ms"
                + "; Bundle.update " + millis(phases.get("nanos")) + " ms: stop " + millis(phases.get("stop"))
                + ", revise "
                + millis(phases.get("revise")) + ", start " + millis(phases.get("start")) + "; suspending "
                + millis(spans.count("suspending")) + " ms, held " + millis(spans.count("held")) + ", resuming "
                + millis(spans.count("resuming")) + "; talkers paused "
                + millis(pauses.getValueAtPercentile(50)) + " to " + millis(pauses.getMaxValue()) + " ms"
                + (missing + lost > 0 ? ", but " + missing + " silent and " + lost + " lost" : ""));
    }

    /** Takes the server's figures while no call is open, so that they are those of the live connections alone. */
    private void sample(int update) throws InterruptedException {
        stopCalling();
        Figures figures = server.ask("figures");
        // A descriptor may be closed a little after its connection was lost; one that leaks is there for good.
        for (int i = 0; i < SETTLING_TRIES && figures.get("descriptors") > fewestDescriptors; i++) {
            TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
            figures = server.ask("figures");
        }
        fewestDescriptors = Math.min(fewestDescriptors, figures.get("descriptors"));
        measured.samples.add(Measured.Sample.of(update, figures));
        measured.loaders = figures.get("loaders");
        measured.loadersCollected = figures.get("loaders.collected");
        callFromNowOn();
    }

    private void end() throws InterruptedException {
        stopCalling();
        peers.closeAll();
        measured.counts = awaitOpen(0);
        Figures figures = server.ask("figures");
        measured.loaders = figures.get("loaders");
        measured.loadersCollected = figures.get("loaders.collected");
    }

    private void callFromNowOn() {
        callsOnNanos = System.nanoTime();
        calls.turn(true);
    }

    private void stopCalling() throws InterruptedException {
        calls.turn(false);
        measured.callSeconds += (System.nanoTime() - callsOnNanos) / 1e9;
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        while (calls.open() > 0 && System.nanoTime() - deadlineNanos < 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        awaitOpen(peers.alive());
    }

    /** Waits for a bounded time until the server has so many connections; its counts then. */
    private Figures awaitOpen(long connections) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        Figures counts = server.ask("counts");
        while (counts.get("open") != connections && System.nanoTime() - deadlineNanos < 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            counts = server.ask("counts");
        }
        return counts;
    }

    /** Waits for a bounded time until the server has as much pending for each slow reader as it wants to. */
    private void awaitFilled(long times) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        while (server.ask("counts").count("stopped.filling") < times * options.slowReaders()
                && System.nanoTime() - deadlineNanos < 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private void gap() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(options.gapMillis());
    }

    private static String millis(long nanos) {
        return Target.text(nanos / 1e6);
    }

    private void say(String line) {
        progress.println(line);
    }
}
