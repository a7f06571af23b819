package org.tonyreactor.benchmarks.update;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.tonyreactor.benchmarks.harness.Spread;
import org.tonyreactor.benchmarks.update.Target.Kind;

/** What a run has shown. Filled by the main thread. */
final class Results {
    static final String PAUSE = "pause";
    static final String FIRST_PAUSE = "pause of the first update";
    static final String ANSWERED = "all answered";

    /** Nothing is longer than this: every wait in the driver is shorter. */
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final int WARM_UPDATES = 10;
    private static final double NANOS_PER_MILLI = 1e6;

    /** The server's figures at one moment, with no call open. */
    record Sample(int update, long heapKib, long threads, long descriptors) {}

    final ProofOptions options;
    final Load load;
    final Map<String, Histogram> times = new LinkedHashMap<>();
    final List<Sample> samples = new ArrayList<>();
    int updatesDone;
    long connectionsMissed;
    int live;
    double ownPercent;
    double othersPercent;
    List<Long> listenDrops = List.of();

    /** The server's counts after the last connection has ended. */
    Map<String, Long> counts = Map.of();

    Results(ProofOptions options, Load load) {
        this.options = options;
        this.load = load;
    }

    static Histogram histogram() {
        return new Histogram(1, LONGEST_NANOS, 3);
    }

    void time(String what, long nanos) {
        times.computeIfAbsent(what, name -> histogram()).recordValue(Math.max(0, nanos));
    }

    void times(String what, Histogram nanos) {
        times.computeIfAbsent(what, name -> histogram()).add(nanos);
    }

    private long count(String what) {
        return counts.getOrDefault(what, 0L);
    }

    private double millis(String what, double percentile) {
        // At 100 this is the greatest value.
        return times.getOrDefault(what, histogram()).getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    /** From the first sample of a server that has warmed up to the last one. */
    private long growth(ToLongFunction<Sample> figure) {
        if (samples.isEmpty()) {
            return 0;
        }
        int warm = Math.min(WARM_UPDATES, options.updates / 2);
        Sample last = samples.get(samples.size() - 1);
        Sample first = samples.stream()
                .filter(sample -> sample.update >= warm)
                .findFirst()
                .orElse(last);
        return figure.applyAsLong(last) - figure.applyAsLong(first);
    }

    /** What else was measured, by lines for people. */
    List<String> figures() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "  processor time of driver and server %.0f %%, of others %.0f %%; %d connects, %d replies verified",
                ownPercent, othersPercent, load.connected.sum(), load.replies.sum()));
        for (String what : times.keySet()) {
            lines.add(String.format(
                    "  %-44s p50 %7.1f   p99 %7.1f   max %7.1f ms",
                    what, millis(what, 50), millis(what, 99), millis(what, 100)));
        }
        samples.forEach(sample -> lines.add("  " + sample));
        load.examples().forEach(example -> lines.add("  seen: " + example));
        return lines;
    }

    /** What all runs together are to show. */
    static List<Target> targets(List<Results> runs) {
        Targets all = new Targets(runs, new ArrayList<>());
        ProofOptions options = runs.get(0).options;
        all.count("updates", "=", options.updates, run -> run.updatesDone);
        all.count("live connections that did not answer", "=", 0, run -> run.connectionsMissed);
        all.count("connects refused", "=", 0, run -> run.load.refused.sum());
        all.count("connections reset", "=", 0, run -> run.load.reset.sum());
        all.count("connections ended by the server", "=", 0, run -> run.load.ended.sum());
        all.count("calls unanswered", "=", 0, run -> run.load.unanswered.sum());
        all.count("replies lost, doubled, wrong, out of order", "=", 0, run -> run.load.wrong.sum());
        all.count("connectionMade less connects", "=", 0, run -> run.count("made") - run.load.connected.sum());
        all.count("connectionLost less connects", "=", 0, run -> run.count("lost") - run.load.connected.sum());
        all.count("ended, and not told", "=", 0, run -> run.count("open"));
        all.count("resumed less suspended", "=", 0, run -> run.count("resumed") - run.count("suspended"));
        all.count("callbacks out of order", "=", 0, run -> run.count("breaches"));
        // A run that never met a connection in a state has shown nothing of it.
        int updates = options.updates;
        int shaped = updates * options.shapes;
        all.count("handed over", ">=", (double) updates * options.live, run -> run.count("suspended"));
        all.count("handed over in mid-frame", ">=", shaped, run -> run.count("suspended.midframe"));
        all.count(
                "handed over with pending output",
                ">=",
                updates * options.slowReaders,
                run -> run.count("suspended.pending"));
        all.count("handed over paused", ">=", shaped, run -> run.count("suspended.paused"));
        all.count("handed over half closed", ">=", shaped, run -> run.count("suspended.halfclosed"));
        all.count("old class loaders collected", "=", updates, run -> run.count("loaders.collected"));
        all.count("more threads", "<=", 0, run -> run.growth(Sample::threads));
        all.count("more descriptors", "<=", 0, run -> run.growth(Sample::descriptors));
        all.add("more heap, KiB", Kind.MACHINE, "<=", 1_024, run -> run.growth(Sample::heapKib));
        all.count("drops of the listener's queue", "=", 0, run -> run.listenDrops.get(2));
        all.add("listen overflows of the machine", Kind.MACHINE, "<=", 0, run -> run.listenDrops.get(0));
        all.add("listen drops of the machine", Kind.MACHINE, "<=", 0, run -> run.listenDrops.get(1));
        all.add("connects slower than 200 ms", Kind.TIME, "<=", 0, run -> run.load.slowConnects.sum());
        all.add(ANSWERED + ", max, ms", Kind.TIME, "<=", 1_000, run -> run.millis(ANSWERED, 100));
        all.add(PAUSE + ", p99, ms", Kind.TIME, "<", 50, run -> run.millis(PAUSE, 99));
        all.add(PAUSE + ", max, ms", Kind.TIME, "<", 250, run -> run.millis(PAUSE, 100));
        return all.targets;
    }

    /** A time over all runs, as a reader quotes it. */
    static String quoted(List<Results> runs, String what, double percentile) {
        return Spread.of(runs.stream().map(run -> run.millis(what, percentile)).toList())
                .text(1);
    }

    private record Targets(List<Results> runs, List<Target> targets) {
        void count(String name, String sign, double wanted, ToDoubleFunction<Results> figure) {
            add(name, Kind.COUNT, sign, wanted, figure);
        }

        void add(String name, Kind kind, String sign, double wanted, ToDoubleFunction<Results> figure) {
            targets.add(Target.of(runs, name, kind, sign, wanted, figure));
        }
    }
}
