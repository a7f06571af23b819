package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;
import org.tonyreactor.benchmarks.harness.Kernel;
import org.tonyreactor.benchmarks.harness.Spread;
import org.tonyreactor.benchmarks.update.Load.Round;
import org.tonyreactor.benchmarks.update.Results.Sample;

/** One run: opens the connections, measures the machine, updates again and again, and ends all. The main thread's. */
final class Run implements AutoCloseable {
    private static final int WARM_UP_ROUNDS = 5;
    private static final int SAMPLES = 10;
    private static final int SETTLING_TRIES = 20;
    private static final long SETTLING_MILLIS = 50;
    private static final long ROUND_SECONDS = 20;
    private static final long END_SECONDS = 20;
    private static final long POLL_MILLIS = 5;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ProofOptions options;
    private final Server server;
    private final LedgerBundles bundles;
    private final PrintStream progress;
    private final Load load;
    private final Results results;
    private final LivePeers peers;
    private final Calls calls;
    private long fewestDescriptors = Long.MAX_VALUE;

    Run(ProofOptions options, Server server, LedgerBundles bundles, int port, PrintStream progress) throws IOException {
        this.options = options;
        this.server = server;
        this.bundles = bundles;
        this.progress = progress;
        load = new Load(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        results = new Results(options, load);
        peers = new LivePeers(load);
        calls = new Calls(load, options.connectsPerSecond);
    }

    Results run() throws IOException, InterruptedException {
        List<Long> dropsBefore = Kernel.listenDrops(load.server.getPort());
        Kernel.Processors machineBefore = Kernel.Processors.read();
        double ownBefore = ownSeconds();
        results.connectionsMissed += peers.open(options);
        results.live = peers.size();
        progress.println(results.live + " live connections to process " + server.pid() + " on " + load.server);
        calls.turn(true);
        measureMachine();
        for (int update = 1; update <= options.updates && results.connectionsMissed == 0; update++) {
            update(update + 1);
            if (update % Math.max(1, options.updates / SAMPLES) == 0 || update == options.updates) {
                sample(update);
            }
        }
        List<Long> drops = new ArrayList<>(Kernel.listenDrops(load.server.getPort()));
        for (int i = 0; i < drops.size(); i++) {
            drops.set(i, drops.get(i) - dropsBefore.get(i));
        }
        results.listenDrops = drops;
        Kernel.Processors machine = Kernel.Processors.read().since(machineBefore);
        double own = ownSeconds() - ownBefore;
        results.ownPercent = 100 * own / machine.allSeconds();
        results.othersPercent = 100 * machine.othersSeconds(own) / machine.allSeconds();
        end();
        return results;
    }

    @Override
    public void close() throws IOException {
        calls.close();
        peers.close();
    }

    private void measureMachine() throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            baseline(new Results(options, load));
        }
        sample(0);
        for (int i = 0; i < options.baselineRounds; i++) {
            baseline(results);
        }
    }

    private void baseline(Results into) throws InterruptedException {
        Round round = peers.begin(load.newest(), false);
        long startNanos = System.nanoTime();
        peers.release(false);
        results.connectionsMissed += round.answers().await(ROUND_SECONDS);
        into.time("all answered without update", round.answers().lastNanos() - startNanos);
        into.times("pause without update", peers.end());
        gap();
    }

    private void update(int version) throws IOException, InterruptedException {
        results.connectionsMissed += peers.prepare();
        // As much is to be pending for each slow reader as the server wants to have.
        long filled = (results.updatesDone + 1L) * options.slowReaders;
        awaitCounts(counts -> counts.getOrDefault("stopped.filling", 0L) >= filled);
        // What it takes to get them there is no part of the pauses.
        gap();
        load.begin(version);
        Round round = peers.begin(version, true);
        long startNanos = System.nanoTime();
        long updateNanos = Server.figure(server.ask("update " + bundles.file(version)), "nanos");
        load.settle();
        peers.release(true);
        int missing = round.answers().await(ROUND_SECONDS);
        long answeredNanos = round.answers().lastNanos() - startNanos;
        Histogram pauses = peers.end();
        results.times(Results.PAUSE, pauses);
        if (results.updatesDone == 0) {
            results.times(Results.FIRST_PAUSE, pauses);
        }
        results.time(Results.ANSWERED, answeredNanos);
        results.time("Bundle.update", updateNanos);
        results.updatesDone++;
        int lost = results.live - peers.alive();
        // What comes after would only say the same again.
        results.connectionsMissed += missing + lost;
        progress.printf(
                "update %d: all answered after %s ms; Bundle.update %s ms; active peers paused %s to %s ms%s%n",
                version - 1,
                millis(answeredNanos),
                millis(updateNanos),
                millis(pauses.getValueAtPercentile(50)),
                millis(pauses.getMaxValue()),
                missing + lost > 0 ? "; but " + missing + " silent and " + lost + " lost" : "");
    }

    /** Takes the server's figures while no call is open, so that they are those of the live connections alone. */
    private void sample(int update) throws IOException, InterruptedException {
        stopCalling();
        Map<String, Long> figures = server.ask("figures");
        // A descriptor may be closed a little after its connection was lost; one that leaks is there for good.
        for (int i = 0; i < SETTLING_TRIES && Server.figure(figures, "descriptors") > fewestDescriptors; i++) {
            TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
            figures = server.ask("figures");
        }
        fewestDescriptors = Math.min(fewestDescriptors, Server.figure(figures, "descriptors"));
        results.samples.add(new Sample(
                update,
                Server.figure(figures, "heap.kib"),
                Server.figure(figures, "threads"),
                Server.figure(figures, "descriptors")));
        calls.turn(true);
    }

    private void end() throws IOException, InterruptedException {
        stopCalling();
        results.times("connect", calls.connectNanos);
        results.times("connect to reply", calls.answerNanos);
        peers.closeAll();
        awaitCounts(counts -> Server.figure(counts, "open") == 0);
        results.counts = server.ask("figures");
    }

    private void stopCalling() throws IOException, InterruptedException {
        calls.turn(false);
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        while (calls.open() > 0 && System.nanoTime() - deadlineNanos < 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        long live = peers.alive();
        awaitCounts(counts -> Server.figure(counts, "open") == live);
    }

    /** Waits for a bounded time until the server counts as is wanted; the targets say whether it did. */
    private void awaitCounts(Predicate<Map<String, Long>> wanted) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        while (!wanted.test(server.ask("counts")) && System.nanoTime() - deadlineNanos < 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private double ownSeconds() {
        return seconds(ProcessHandle.current())
                + ProcessHandle.of(server.pid()).map(Run::seconds).orElse(0.0);
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / NANOS_PER_SECOND;
    }

    private void gap() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(options.gapMillis());
    }

    private static String millis(long nanos) {
        return Spread.number(nanos / NANOS_PER_MILLI, 1);
    }
}
