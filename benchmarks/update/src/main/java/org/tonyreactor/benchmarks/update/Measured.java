package org.tonyreactor.benchmarks.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What a run has measured. Filled by the main thread. */
final class Measured {
    /** Nothing is longer than this: every wait in the driver is shorter. */
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** The server's figures at one moment, with no call open. */
    record Sample(int update, long heapBytes, long threads, long descriptors) {
        static Sample of(int update, Figures figures) {
            return new Sample(update, figures.get("heap"), figures.get("threads"), figures.get("descriptors"));
        }
    }

    final Histogram pauses = histogram();
    final Histogram baselinePauses = histogram();
    final Histogram updates = histogram();
    final Histogram suspending = histogram();
    final Histogram held = histogram();
    final Histogram resuming = histogram();
    /** From the command to the last live connection's answer from the new version. */
    final Histogram answered = histogram();

    final Histogram baselineAnswered = histogram();
    final List<Sample> samples = new ArrayList<>();

    int updatesDone;
    int updatesMissed;
    long connectionsMissed;
    long unprepared;
    int live;
    double callSeconds;
    Processors processors = new Processors(1, 0, 0);
    ListenQueue listenQueue = new ListenQueue(0, 0, 0);
    /** The server's counts after the last connection has ended. */
    Figures counts = new Figures(Map.of());

    long loaders;
    long loadersCollected;

    /** The first sample of a server that has warmed up. */
    Sample warm(int warmUpdate) {
        return samples.stream()
                .filter(sample -> sample.update() >= warmUpdate)
                .findFirst()
                .orElseGet(this::last);
    }

    Sample last() {
        return samples.isEmpty() ? new Sample(0, -1, -1, -1) : samples.get(samples.size() - 1);
    }

    long count(String what) {
        return counts.count(what);
    }

    static Histogram histogram() {
        return new Histogram(1, LONGEST_NANOS, 3);
    }
}
