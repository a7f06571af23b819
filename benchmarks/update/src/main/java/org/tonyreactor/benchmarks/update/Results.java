package org.tonyreactor.benchmarks.update;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.tonyreactor.benchmarks.harness.Spread;
import org.tonyreactor.benchmarks.update.Target.Direction;
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
    final Map<String, Histogram> times = new LinkedHashMap<>();
    final List<Sample> samples = new ArrayList<>();
    Tally tally = new Tally();
    int updatesDone;
    long connectionsMissed;
    int live;
    double ownPercent;
    double othersPercent;
    List<Long> listenDrops = List.of();

    /** The server's counts after the last connection has ended. */
    Map<String, Long> counts = Map.of();

    Results(ProofOptions options) {
        this.options = options;
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

    long count(String what) {
        return counts.getOrDefault(what, 0L);
    }

    private double millis(String what, double percentile) {
        Histogram nanos = times.getOrDefault(what, histogram());
        return (percentile < 100 ? nanos.getValueAtPercentile(percentile) : nanos.getMaxValue()) / NANOS_PER_MILLI;
    }

    /** From the first sample of a server that has warmed up to the last one. */
    private long growth(ToDoubleFunction<Sample> figure) {
        if (samples.isEmpty()) {
            return 0;
        }
        int warm = Math.min(WARM_UPDATES, options.updates / 2);
        Sample last = samples.get(samples.size() - 1);
        Sample first = samples.stream()
                .filter(sample -> sample.update >= warm)
                .findFirst()
                .orElse(last);
        return (long) (figure.applyAsDouble(last) - figure.applyAsDouble(first));
    }

    /** What else was measured, by lines for people. */
    List<String> figures() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "  processor time of driver and server %.0f %%, of others %.0f %%; %d connects, %d replies verified",
                ownPercent, othersPercent, tally.connected.sum(), tally.replies.sum()));
        for (String what : times.keySet()) {
            lines.add(String.format(
                    "  %-44s p50 %7.1f   p99 %7.1f   max %7.1f ms",
                    what, millis(what, 50), millis(what, 99), millis(what, 100)));
        }
        samples.forEach(sample -> lines.add(String.format(
                "  after update %d: heap %,d KiB, %d threads, %d descriptors",
                sample.update, sample.heapKib, sample.threads, sample.descriptors)));
        tally.examples().forEach(example -> lines.add("  seen: " + example));
        return lines;
    }

    /** What all runs together are to show. */
    static List<Target> targets(List<Results> runs) {
        Targets all = new Targets(runs);
        ProofOptions options = runs.get(0).options;
        all.count("updates", run -> run.updatesDone, Direction.EXACTLY, options.updates);
        all.none("live connections that did not answer", run -> run.connectionsMissed);
        all.none("connects refused", run -> run.tally.refused.sum());
        all.none("connections reset", run -> run.tally.reset.sum());
        all.none("connections ended by the server", run -> run.tally.ended.sum());
        all.none("calls unanswered", run -> run.tally.unanswered.sum());
        all.none("replies lost, doubled, wrong, out of order", run -> run.tally.wrong.sum());
        all.none("connectionMade less connects", run -> run.count("made") - run.tally.connected.sum());
        all.none("connectionLost less connects", run -> run.count("lost") - run.tally.connected.sum());
        all.none("ended, and not told", run -> run.count("open"));
        all.none("resumed less suspended", run -> run.count("resumed") - run.count("suspended"));
        all.none("callbacks out of order", run -> run.count("breaches"));
        // A run that never met a connection in a state has shown nothing of it.
        all.covered("handed over", "suspended", options.live);
        all.covered("handed over in mid-frame", "suspended.midframe", options.shapes);
        all.covered("handed over with pending output", "suspended.pending", options.slowReaders);
        all.covered("handed over paused", "suspended.paused", options.shapes);
        all.covered("handed over half closed", "suspended.halfclosed", options.shapes);
        all.count(
                "old class loaders collected",
                run -> run.count("loaders.collected"),
                Direction.EXACTLY,
                options.updates);
        all.count("more threads", run -> run.growth(Sample::threads), Direction.AT_MOST, 0);
        all.count("more descriptors", run -> run.growth(Sample::descriptors), Direction.AT_MOST, 0);
        all.machine("more heap, KiB", run -> run.growth(Sample::heapKib), 1_024);
        all.none("drops of the listener's queue", run -> run.listenDrops.get(2));
        all.machine("listen overflows of the machine", run -> run.listenDrops.get(0), 0);
        all.machine("listen drops of the machine", run -> run.listenDrops.get(1), 0);
        all.time("connects slower than 200 ms", run -> run.tally.slowConnects.sum(), Direction.AT_MOST, 0);
        all.time(ANSWERED + ", max, ms", run -> run.millis(ANSWERED, 100), Direction.AT_MOST, 1_000);
        all.time(PAUSE + ", p99, ms", run -> run.millis(PAUSE, 99), Direction.LESS_THAN, 50);
        all.time(PAUSE + ", max, ms", run -> run.millis(PAUSE, 100), Direction.LESS_THAN, 250);
        return all.targets;
    }

    /** A time over all runs, as a reader quotes it. */
    static String quoted(List<Results> runs, String what, double percentile) {
        return Spread.of(runs.stream().map(run -> run.millis(what, percentile)).toList())
                .text(1);
    }

    private record Targets(List<Results> runs, List<Target> targets) {
        Targets(List<Results> runs) {
            this(runs, new ArrayList<>());
        }

        void none(String name, ToDoubleFunction<Results> figure) {
            count(name, figure, Direction.EXACTLY, 0);
        }

        void covered(String name, String count, int connections) {
            Results run = runs.get(0);
            count(name, each -> each.count(count), Direction.AT_LEAST, (double) run.options.updates * connections);
        }

        void count(String name, ToDoubleFunction<Results> figure, Direction direction, double wanted) {
            add(name, Kind.COUNT, figure, direction, wanted);
        }

        void machine(String name, ToDoubleFunction<Results> figure, double most) {
            add(name, Kind.MACHINE, figure, Direction.AT_MOST, most);
        }

        void time(String name, ToDoubleFunction<Results> figure, Direction direction, double wanted) {
            add(name, Kind.TIME, figure, direction, wanted);
        }

        private void add(String name, Kind kind, ToDoubleFunction<Results> figure, Direction direction, double wanted) {
            List<Double> measured = runs.stream().mapToDouble(figure).boxed().toList();
            targets.add(new Target(name, kind, Spread.of(measured), wanted, direction));
        }
    }
}
