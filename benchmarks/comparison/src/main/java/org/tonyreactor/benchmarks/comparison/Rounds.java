package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Work by work and round by round: in each round every server is measured once, in an order of its own. One server runs at
 * a time. A noisy measurement is made again, up to a bound; the least noisy one counts, whatever its figures are.
 */
final class Rounds {
    /** Points of a curve need fewer. */
    private static final int MOST_SWEEP_ROUNDS = 3;

    /** What lasts a moment is measured more often. */
    private static final int LEAST_START_ROUNDS = 5;

    /** Descriptors of a process beside those of its connections. */
    private static final int RESERVED_DESCRIPTORS = 300;

    private final Options options;
    private final List<Contestant> contestants;
    private final List<Jdk> jdks;
    private final Function<Work, Measurement> measurements;
    private final PrintStream progress;
    private final Random order;
    private int failures;

    Rounds(
            Options options,
            List<Contestant> contestants,
            List<Jdk> jdks,
            Function<Work, Measurement> measurements,
            PrintStream progress) {
        this.options = options;
        this.contestants = contestants;
        this.jdks = jdks;
        this.measurements = measurements;
        this.progress = progress;
        order = new Random(options.seed());
    }

    /** Measures everything; the number of measurements that failed. */
    int run(RoundsFile file) throws IOException, InterruptedException {
        for (Work work : options.works()) {
            String obstacle = obstacle(work);
            if (obstacle.isEmpty()) {
                run(work, file);
            } else {
                String notice = work.name() + " is left out: " + obstacle;
                progress.println(notice);
                file.fact("notice", notice);
            }
        }
        return failures;
    }

    private void run(Work work, RoundsFile file) throws IOException, InterruptedException {
        List<Entry> entries = entries(work);
        int rounds = rounds(work);
        progress.printf("%s: %d rounds of %d%n", work.title(), rounds, entries.size());
        for (int round = 1; round <= rounds; round++) {
            Collections.shuffle(entries, order);
            for (Entry entry : entries) {
                run(work, round, entry, file);
            }
        }
    }

    private void run(Work work, int round, Entry entry, RoundsFile file) throws IOException, InterruptedException {
        String server = entry.contestant.name();
        Map<String, Double> figures;
        try {
            figures = quietest(work, entry);
        } catch (MeasuringFailure | IOException e) {
            // Such as a server that has died, and has no file in /proc any more.
            failures++;
            String reason = e instanceof MeasuringFailure ? e.getMessage() : e.toString();
            String notice = server + ", " + work.name() + ", round " + round + ": " + reason;
            progress.println("  FAILED " + notice);
            file.fact("failure", notice);
            figures = Map.of(Metric.FAILED, 1.0);
        }
        for (Map.Entry<String, Double> figure : figures.entrySet()) {
            file.add(new Sample(round, entry.label(), server, work.name(), figure.getKey(), figure.getValue()));
        }
        progress.printf("  %d %-14s %-8s %s%n", round, server, entry.label(), summary(figures));
    }

    private Map<String, Double> quietest(Work work, Entry entry) throws IOException, InterruptedException {
        Map<String, Double> quietest = measure(work, entry);
        int repeats = 0;
        while (quietest.getOrDefault(Metric.NOISY, 0.0) != 0 && repeats < options.repeats()) {
            repeats++;
            Map<String, Double> again = measure(work, entry);
            if (again.getOrDefault(Metric.NOISE, 0.0) < quietest.getOrDefault(Metric.NOISE, 0.0)) {
                quietest = again;
            }
        }
        if (repeats > 0) {
            quietest.put(Metric.REPEATS, (double) repeats);
        }
        return quietest;
    }

    private Map<String, Double> measure(Work work, Entry entry) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("comparison");
        try {
            return measurements.apply(work).measure(entry.contestant, entry.jdk, work, folder);
        } finally {
            Folder.delete(folder);
        }
    }

    private List<Entry> entries(Work work) {
        List<Entry> entries = new ArrayList<>();
        for (Contestant contestant : contestants) {
            if (takesPart(contestant, work)) {
                (contestant.runsOnJava() ? jdks : jdks.subList(0, 1))
                        .forEach(jdk -> entries.add(new Entry(contestant, jdk)));
            }
        }
        return entries;
    }

    private static boolean takesPart(Contestant contestant, Work work) {
        return switch (work.kind()) {
            case SWEEP -> Servers.DRAWN.contains(contestant.name());
            case CALLS -> Servers.TRACED.contains(contestant.name());
            case DEPLOY, ENDPOINTS -> contestant instanceof Distribution;
            default -> true;
        };
    }

    private int rounds(Work work) {
        return switch (work.kind()) {
            case SWEEP -> Math.min(options.rounds(), MOST_SWEEP_ROUNDS);
            case START, DEPLOY -> Math.max(options.rounds(), LEAST_START_ROUNDS);
            case CALLS -> 1;
            default -> options.rounds();
        };
    }

    private static String obstacle(Work work) {
        long descriptors = Machine.descriptors();
        if (work.connections() + RESERVED_DESCRIPTORS > descriptors) {
            return work.connections() + " connections need more descriptors than the " + descriptors
                    + " of a process here (ulimit -n)";
        }
        if (work.kind() == Work.Kind.CALLS && Pinning.onPath("strace").isEmpty()) {
            return "there is no strace";
        }
        return "";
    }

    private static String summary(Map<String, Double> figures) {
        StringBuilder summary = new StringBuilder();
        for (String metric : List.of(
                Metric.RATE,
                Metric.CPU,
                Metric.SERVER_SHARE,
                Metric.GENERATOR_SHARE,
                Metric.P99,
                Metric.NOISE,
                Metric.RSS,
                Metric.HEAP,
                Metric.MILLIS,
                Metric.CALLS)) {
            if (figures.containsKey(metric)) {
                summary.append(String.format(Locale.ROOT, "  %s %.2f", metric, figures.get(metric)));
            }
        }
        return summary.toString();
    }

    /** A server on a JDK. */
    private record Entry(Contestant contestant, Jdk jdk) {
        String label() {
            return contestant.runsOnJava() ? jdk.version() : Sample.NO_JDK;
        }
    }
}
