package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Work by work, sitting by sitting and round by round: in each round every server is measured once, in an order of its own.
 * Between sittings the servers are started anew, since no two starts of a JVM compile the same code. A noisy measurement is
 * made again, up to a bound; the least noisy one counts, whatever its figures are.
 */
final class Rounds {
    /** Points of a curve need fewer rounds, and memory moves less than time. */
    private static final int FEW_ROUNDS = 3;

    /** What lasts a moment is measured more often. */
    private static final int LEAST_START_ROUNDS = 5;

    /** Descriptors of a process beside those of its connections. */
    private static final int RESERVED_DESCRIPTORS = 300;

    private final Options options;
    private final List<Contestant> contestants;
    private final List<Jdk> jdks;
    private final Opening sittings;
    private final PrintStream progress;
    private final Random order;
    private int failures;

    Rounds(Options options, List<Contestant> contestants, List<Jdk> jdks, Opening sittings, PrintStream progress) {
        this.options = options;
        this.contestants = contestants;
        this.jdks = jdks;
        this.sittings = sittings;
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
        List<Entrant> entrants = entrants(work);
        int sittingCount = entrants.isEmpty() ? 0 : sittings(work);
        int rounds = rounds(work);
        progress.printf(
                "%s: %d sittings, %d rounds in each, %d servers%n",
                work.title(), sittingCount, rounds, entrants.size());
        for (int first = 1; first <= sittingCount * rounds; first += rounds) {
            try (Sitting sitting = sittings.open(work)) {
                prepare(sitting, entrants);
                for (int round = first; round < first + rounds; round++) {
                    Collections.shuffle(entrants, order);
                    for (Entrant entrant : entrants) {
                        run(sitting, work, round, entrant, file);
                    }
                }
            }
        }
    }

    /** Who fails here is tried again in the first round, and the failure is told then. */
    private void prepare(Sitting sitting, List<Entrant> entrants) throws IOException, InterruptedException {
        for (Entrant entrant : entrants) {
            try {
                sitting.prepare(entrant);
            } catch (MeasuringFailure | IOException e) {
                progress.println("  not ready: " + entrant.name() + " " + entrant.label() + ": " + e.getMessage());
            }
        }
    }

    private void run(Sitting sitting, Work work, int round, Entrant entrant, RoundsFile file)
            throws IOException, InterruptedException {
        String server = entrant.name();
        Map<String, Double> figures;
        try {
            figures = quietest(sitting, entrant);
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
            file.add(new Sample(round, entrant.label(), server, work.name(), figure.getKey(), figure.getValue()));
        }
        progress.printf("  %d %-14s %-8s %s%n", round, server, entrant.label(), summary(figures));
    }

    private Map<String, Double> quietest(Sitting sitting, Entrant entrant) throws IOException, InterruptedException {
        Map<String, Double> quietest = sitting.measure(entrant);
        int repeats = 0;
        while (quietest.getOrDefault(Metric.NOISY, 0.0) != 0 && repeats < options.repeats()) {
            repeats++;
            Map<String, Double> again = sitting.measure(entrant);
            if (again.getOrDefault(Metric.NOISE, 0.0) < quietest.getOrDefault(Metric.NOISE, 0.0)) {
                quietest = again;
            }
        }
        if (repeats > 0) {
            quietest.put(Metric.REPEATS, (double) repeats);
        }
        return quietest;
    }

    private List<Entrant> entrants(Work work) {
        List<Entrant> entrants = new ArrayList<>();
        for (Contestant contestant : contestants) {
            if (takesPart(contestant, work)) {
                jdks(contestant, work).forEach(jdk -> entrants.add(new Entrant(contestant, jdk)));
            }
        }
        return entrants;
    }

    /** Curves of others are drawn of the last JDK only. */
    private List<Jdk> jdks(Contestant contestant, Work work) {
        if (!contestant.runsOnJava()) {
            return jdks.subList(0, 1);
        }
        boolean lastOnly = work.kind() == Work.Kind.SWEEP && !contestant.name().equals(Servers.OURS);
        return lastOnly ? jdks.subList(jdks.size() - 1, jdks.size()) : jdks;
    }

    private static boolean takesPart(Contestant contestant, Work work) {
        return switch (work.kind()) {
            case SWEEP -> Servers.DRAWN.contains(contestant.name());
            case CALLS -> Servers.FEW.contains(contestant.name());
            case ECHO -> work.pinned() || Servers.FEW.contains(contestant.name());
            case DEPLOY, SHELL -> contestant instanceof Distribution;
            case ENDPOINTS ->
                contestant instanceof Distribution || contestant.name().equals(Servers.REFERENCE);
            default -> true;
        };
    }

    private int sittings(Work work) {
        return work.isUnderLoad() && work.kind() != Work.Kind.SWEEP ? options.sittings() : 1;
    }

    private int rounds(Work work) {
        return switch (work.kind()) {
            case SWEEP, IDLE -> Math.min(options.rounds(), FEW_ROUNDS);
            case START, DEPLOY, SHELL -> Math.max(options.rounds(), LEAST_START_ROUNDS);
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

    /** Begins a sitting. */
    interface Opening {
        Sitting open(Work work) throws IOException;
    }
}
