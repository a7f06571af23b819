package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.tonyreactor.benchmarks.comparison.Candidate.OnJdk;
import org.tonyreactor.benchmarks.harness.Kernel;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;
import org.tonyreactor.benchmarks.peers.Peer;

/**
 * Work by work, session by session and round by round: in each round every server is measured once, in an order of its own.
 * Between sessions the servers are started anew, since no two starts of a JVM compile the same code. A noisy measurement is
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
    private final List<Candidate> candidates;
    private final List<Jdk> jdks;
    private final Opening sessions;
    private final PrintStream progress;
    private final Random order;
    private int failures;

    Rounds(Options options, List<Candidate> candidates, List<Jdk> jdks, Opening sessions, PrintStream progress) {
        this.options = options;
        this.candidates = candidates;
        this.jdks = jdks;
        this.sessions = sessions;
        this.progress = progress;
        order = new Random(options.seed);
    }

    /** Measures everything; the number of measurements that failed. */
    int run(Samples.File file) throws IOException, InterruptedException {
        for (Work work : options.works) {
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

    private void run(Work work, Samples.File file) throws IOException, InterruptedException {
        List<OnJdk> servers = servers(work);
        int sessionCount = servers.isEmpty() ? 0 : sessions(work);
        int rounds = rounds(work);
        progress.printf(
                "%s: %d sessions, %d rounds in each, %d servers%n", work.title(), sessionCount, rounds, servers.size());
        for (int first = 1; first <= sessionCount * rounds; first += rounds) {
            try (Session session = sessions.open(work)) {
                prepare(session, servers);
                for (int round = first; round < first + rounds; round++) {
                    Collections.shuffle(servers, order);
                    for (OnJdk server : servers) {
                        run(session, work, round, server, file);
                    }
                }
            }
        }
    }

    /** A server that fails here is tried again in the first round, and the failure is told then. */
    private void prepare(Session session, List<OnJdk> servers) throws IOException, InterruptedException {
        for (OnJdk server : servers) {
            try {
                session.prepare(server);
            } catch (MeasuringFailure | IOException e) {
                progress.println("  not ready: " + server.name() + " " + server.label() + ": " + e.getMessage());
            }
        }
    }

    private void run(Session session, Work work, int round, OnJdk server, Samples.File file)
            throws IOException, InterruptedException {
        String name = server.name();
        Map<String, Double> figures;
        try {
            figures = quietest(session, server);
        } catch (MeasuringFailure | IOException e) {
            // Such as a server that has died, and has no file in /proc any more.
            failures++;
            String reason = e instanceof MeasuringFailure ? e.getMessage() : e.toString();
            String notice = name + ", " + work.name() + ", round " + round + ": " + reason;
            progress.println("  FAILED " + notice);
            file.fact("failure", notice);
            figures = Map.of(Metric.FAILED, 1.0);
        }
        for (Map.Entry<String, Double> figure : figures.entrySet()) {
            file.add(new Samples.Sample(round, server.label(), name, work.name(), figure.getKey(), figure.getValue()));
        }
        progress.printf("  %d %-14s %-8s %s%n", round, name, server.label(), summary(figures));
    }

    private Map<String, Double> quietest(Session session, OnJdk server) throws IOException, InterruptedException {
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

    private List<OnJdk> servers(Work work) {
        List<OnJdk> servers = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (takesPart(candidate, work)) {
                jdks(candidate, work).forEach(jdk -> servers.add(new OnJdk(candidate, jdk)));
            }
        }
        return servers;
    }

    /** Curves of others are drawn of the last JDK only. */
    private List<Jdk> jdks(Candidate candidate, Work work) {
        if (!candidate.runsOnJava()) {
            return jdks.subList(0, 1);
        }
        boolean lastOnly = work.kind() == Work.Kind.SWEEP && !candidate.name().equals(Servers.OURS);
        return lastOnly ? jdks.subList(jdks.size() - 1, jdks.size()) : jdks;
    }

    private static boolean takesPart(Candidate candidate, Work work) {
        return switch (work.kind()) {
            case SWEEP -> Servers.DRAWN.contains(candidate.name());
            case CALLS -> Servers.FEW.contains(candidate.name());
            case ECHO -> work.pinned() || Servers.FEW.contains(candidate.name());
            case DEPLOY, SHELL -> candidate instanceof Distribution;
            case ENDPOINTS ->
                candidate instanceof Distribution || candidate.name().equals(Servers.REFERENCE);
            default -> true;
        };
    }

    private int sessions(Work work) {
        return work.isUnderLoad() && work.kind() != Work.Kind.SWEEP ? options.sessions : 1;
    }

    private int rounds(Work work) {
        return switch (work.kind()) {
            case SWEEP, IDLE -> Math.min(options.rounds, FEW_ROUNDS);
            case START, DEPLOY, SHELL -> Math.max(options.rounds, LEAST_START_ROUNDS);
            case CALLS -> 1;
            default -> options.rounds;
        };
    }

    private static String obstacle(Work work) {
        long descriptors = Kernel.descriptors();
        if (work.connections() + RESERVED_DESCRIPTORS > descriptors) {
            return work.connections() + " connections need more descriptors than the " + descriptors
                    + " of a process here (ulimit -n)";
        }
        if (work.kind() == Work.Kind.CALLS && Peer.onPath("strace").isEmpty()) {
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

    /** Begins a session. */
    interface Opening {
        Session open(Work work) throws IOException;
    }
}
