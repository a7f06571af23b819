package org.tonyreactor.benchmarks.update;

import java.util.ArrayList;
import java.util.List;
import org.tonyreactor.benchmarks.update.Measured.Sample;
import org.tonyreactor.benchmarks.update.Target.Direction;
import org.tonyreactor.benchmarks.update.Target.Kind;

/** What a run is to show, held against what it has measured. */
final class Targets {
    private static final int WARM_UPDATES = 10;
    private static final double ANSWERED_MILLIS = 1_000;
    private static final double PAUSE_P99_MILLIS = 50;
    private static final double PAUSE_MAX_MILLIS = 250;
    private static final double HEAP_GROWTH_KIB = 1_024;

    private final ProofOptions options;
    private final Measured measured;
    private final Tally tally;
    private final List<Target> targets = new ArrayList<>();

    private Targets(ProofOptions options, Measured measured, Tally tally) {
        this.options = options;
        this.measured = measured;
        this.tally = tally;
    }

    static List<Target> of(ProofOptions options, Measured measured, Tally tally) {
        Targets all = new Targets(options, measured, tally);
        all.nothingLost();
        all.everyShapeCovered();
        all.nothingKept();
        all.soon();
        return all.targets;
    }

    /** The update whose figures later ones are compared with. */
    static int warmUpdate(ProofOptions options) {
        return Math.min(WARM_UPDATES, options.updates() / 2);
    }

    private void nothingLost() {
        exactly("updates", measured.updatesDone, options.updates());
        exactly("live connections that did not answer", measured.connectionsMissed + measured.unprepared, 0);
        exactly("connects refused", tally.refused.sum(), 0);
        exactly("connections reset", tally.reset.sum(), 0);
        exactly("connections ended by the server", tally.ended.sum(), 0);
        exactly("calls unanswered", tally.unanswered.sum(), 0);
        exactly("replies lost, doubled, wrong, out of order", tally.wrong.sum(), 0);
        exactly("drops of the listener's queue", measured.listenQueue.ownDrops(), 0);
        machine("listen overflows of the machine", measured.listenQueue.overflows());
        machine("listen drops of the machine", measured.listenQueue.drops());
        exactly("connectionMade", measured.count("made"), tally.connected.sum());
        exactly("connectionLost", measured.count("lost"), tally.connected.sum());
        exactly("ended, and not told", measured.count("open"), 0);
        exactly("resumed less suspended", measured.count("resumed") - measured.count("suspended"), 0);
        exactly("callbacks out of order", measured.count("breaches"), 0);
    }

    /** A run that never met a connection in a state has shown nothing of it. */
    private void everyShapeCovered() {
        long updates = options.updates();
        atLeast("handed over", measured.count("suspended"), updates * options.live());
        atLeast("handed over in mid-frame", measured.count("suspended.midframe"), updates * options.midFrame());
        atLeast(
                "handed over with pending output",
                measured.count("suspended.pending"),
                updates * options.slowReaders());
        atLeast("handed over paused", measured.count("suspended.paused"), updates * options.paused());
        atLeast("handed over half closed", measured.count("suspended.halfclosed"), updates * options.halfClosed());
    }

    private void nothingKept() {
        exactly("old class loaders collected", measured.loadersCollected, options.updates());
        Sample warm = measured.warm(warmUpdate(options));
        Sample last = measured.last();
        String since = " from update " + warm.update() + " on";
        targets.add(
                new Target("more threads" + since, Kind.COUNT, last.threads() - warm.threads(), 0, Direction.AT_MOST));
        targets.add(new Target(
                "more descriptors" + since, Kind.COUNT, last.descriptors() - warm.descriptors(), 0, Direction.AT_MOST));
        targets.add(new Target(
                "more heap, KiB," + since,
                Kind.SIZE,
                (last.heapBytes() - warm.heapBytes()) / 1_024.0,
                HEAP_GROWTH_KIB,
                Direction.AT_MOST));
    }

    private void soon() {
        targets.add(
                new Target("connects slower than 200 ms", Kind.TIME, tally.slowConnects.sum(), 0, Direction.AT_MOST));
        time("all answered, max, ms", measured.answered.getMaxValue(), ANSWERED_MILLIS, Direction.AT_MOST);
        time("pause, p99, ms", measured.pauses.getValueAtPercentile(99), PAUSE_P99_MILLIS, Direction.LESS_THAN);
        time("pause, max, ms", measured.pauses.getMaxValue(), PAUSE_MAX_MILLIS, Direction.LESS_THAN);
    }

    private void exactly(String name, long count, long wanted) {
        targets.add(new Target(name, Kind.COUNT, count, wanted, Direction.EXACTLY));
    }

    private void machine(String name, long count) {
        targets.add(new Target(name, Kind.MACHINE, count, 0, Direction.EXACTLY));
    }

    private void atLeast(String name, long count, long wanted) {
        targets.add(new Target(name, Kind.COUNT, count, wanted, Direction.AT_LEAST));
    }

    private void time(String name, long nanos, double wantedMillis, Direction direction) {
        targets.add(new Target(name, Kind.TIME, nanos / 1e6, wantedMillis, direction));
    }
}
