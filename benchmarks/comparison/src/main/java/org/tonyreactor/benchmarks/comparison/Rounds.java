package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.harness.Kernel;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;

/**
 * Work by work, session by session and round by round: in each round every server is measured once, in an order of its own.
 * Between sessions the servers are started anew, since no two starts of a JVM compile the same code. A noisy measurement is
 * made again, up to a bound; the least noisy one counts, whatever its figures are.
 */
final class Rounds {
    /** Memory moves less than time. */
    private static final int MOST_IDLE_ROUNDS = 3;

    /** What lasts a moment is measured more often. */
    private static final int LEAST_START_ROUNDS = 5;

    /** Descriptors of a process beside those of its connections. */
    private static final int RESERVED_DESCRIPTORS = 300;

    /** Begins a session. */
    interface Opening {
        Session open(Work work) throws IOException;
    }

    private final Options options;
    private final List<Candidate> candidates;
    private final Opening sessions;
    private final PrintStream progress;
    private final Random order;
    private int failures;

    Rounds(Options options, List<Candidate> candidates, Opening sessions, PrintStream progress) {
        this.options = options;
        this.candidates = candidates;
        this.sessions = sessions;
        this.progress = progress;
        order = new Random(options.seed);
    }

    /** Measures everything; the number of measurements that failed. */
    int run(Samples.File file) throws IOException, InterruptedException {
        for (Work work : options.works) {
            if (work.connections() + RESERVED_DESCRIPTORS > Kernel.descriptors()) {
                String notice = work.name() + " is left out: a process has no more than " + Kernel.descriptors()
                        + " descriptors here (ulimit -n)";
                progress.println(notice);
                file.fact("notice", notice);
            } else {
                run(work, file);
            }
        }
        return failures;
    }

    private void run(Work work, Samples.File file) throws IOException, InterruptedException {
        int sessionCount = work.kind() == Work.Kind.IDLE || work.kind() == Work.Kind.START ? 1 : options.sessions;
        int rounds = switch (work.kind()) {
            case IDLE -> Math.min(options.rounds, MOST_IDLE_ROUNDS);
            case START -> Math.max(options.rounds, LEAST_START_ROUNDS);
            default -> options.rounds;
        };
        List<Candidate> servers = new ArrayList<>(candidates);
        progress.printf(
                "%s: %d sessions, %d rounds in each, %d servers%n", work.title(), sessionCount, rounds, servers.size());
        for (int first = 1; first <= sessionCount * rounds; first += rounds) {
            try (Session session = sessions.open(work)) {
                prepare(session, servers);
                for (int round = first; round < first + rounds; round++) {
                    Collections.shuffle(servers, order);
                    for (Candidate server : servers) {
                        run(session, work, round, server, file);
                    }
                }
            }
        }
    }

    /** A server that fails here is tried again in the first round, and the failure is told then. */
    private void prepare(Session session, List<Candidate> servers) throws IOException, InterruptedException {
        for (Candidate server : servers) {
            try {
                session.prepare(server);
            } catch (MeasuringFailure | IOException e) {
                progress.println("  not ready: " + server.name() + " " + server.label() + ": " + e.getMessage());
            }
        }
    }

    private void run(Session session, Work work, int round, Candidate server, Samples.File file)
            throws IOException, InterruptedException {
        Map<String, Double> figures;
        try {
            figures = quietest(session, server);
        } catch (MeasuringFailure | IOException e) {
            // Such as a server that has died, and has no file in /proc any more.
            failures++;
            String reason = e instanceof MeasuringFailure ? e.getMessage() : e.toString();
            String notice = server.name() + ", " + work.name() + ", round " + round + ": " + reason;
            progress.println("  FAILED " + notice);
            file.fact("failure", notice);
            figures = Map.of(Metric.FAILED, 1.0);
        }
        for (Map.Entry<String, Double> figure : figures.entrySet()) {
            Samples.Sample sample = new Samples.Sample(
                    round, server.label(), server.name(), work.name(), figure.getKey(), figure.getValue());
            file.line(sample.line());
        }
        progress.printf("  %d %-14s %-8s %s%n", round, server.name(), server.label(), summary(figures));
    }

    private Map<String, Double> quietest(Session session, Candidate server) throws IOException, InterruptedException {
        Map<String, Double> quietest = session.measure(server);
        int repeats = 0;
        while (quietest.getOrDefault(Metric.NOISY, 0.0) != 0 && repeats < options.repeats) {
            repeats++;
            Map<String, Double> again = session.measure(server);
            if (again.getOrDefault(Metric.NOISE, 0.0) < quietest.getOrDefault(Metric.NOISE, 0.0)) {
                quietest = again;
            }
        }
        if (repeats > 0) {
            quietest.put(Metric.REPEATS, (double) repeats);
        }
        return quietest;
    }

    private static String summary(Map<String, Double> figures) {
        return Stream.of(
                        Metric.RATE,
                        Metric.CPU,
                        Metric.SERVER_SHARE,
                        Metric.GENERATOR_SHARE,
                        Metric.P99,
                        Metric.NOISE,
                        Metric.RSS,
                        Metric.HEAP,
                        Metric.MILLIS)
                .filter(figures::containsKey)
                .map(metric -> String.format(Locale.ROOT, "  %s %.2f", metric, figures.get(metric)))
                .collect(Collectors.joining());
    }
}
