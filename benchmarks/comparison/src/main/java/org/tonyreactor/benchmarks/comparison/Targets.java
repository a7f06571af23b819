package org.tonyreactor.benchmarks.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.tonyreactor.benchmarks.comparison.Target.Bound;
import org.tonyreactor.benchmarks.harness.Spread;

/** What is wanted, computed on one JDK. Every list of it has the same targets in the same order. */
final class Targets {
    /** Those that a peer is set against, row by row. */
    static final List<String> ROWS = Work.names(Work.Kind.ECHO, Work.Kind.CHURN).stream()
            .filter(name -> Work.named(name).pinned())
            .toList();

    private static final double FLAT_GROWTH = 1.15;

    /** None is wanted; a run cannot tell less from nothing. */
    private static final double NO_GROWTH = 1.05;

    private final Samples samples;
    private final String jdk;

    Targets(Samples samples, String jdk) {
        this.samples = samples;
        this.jdk = jdk;
    }

    List<Target> all() {
        List<Target> all = new ArrayList<>();
        throughput(all, "echo-50", 0.95);
        cpu(all, "echo-50", 1.08);
        throughput(all, "echo-1000", 0.92);
        cpu(all, "echo-1000", 1.12);
        throughput(all, "echo-5000", 0.95);
        cpu(all, "echo-5000", 1.08);
        throughput(all, "deep-50", 0.95);
        throughput(all, "deep-1000", 0.90);
        throughput(all, "large-50", 1.0);
        throughput(all, "churn-50", 1.0);
        cpu(all, "churn-50", 1.2);
        peers(all);
        fixedRate(all);
        rest(all);
        return all;
    }

    /** Ours to the best of some in a row; who it is. The best is the one that ours looks worst beside. */
    Optional<Best> best(String work, String metric, List<String> candidates, boolean more) {
        return candidates.stream()
                .map(candidate -> new Best(candidate, samples.ratio(jdk, Servers.OURS, candidate, work, metric)))
                .filter(candidate -> candidate.ratio.isMeasured())
                .min(Comparator.comparingDouble(
                        candidate -> more ? candidate.ratio.median() : -candidate.ratio.median()));
    }

    private void throughput(List<Target> all, String work, double least) {
        add(all, Work.named(work).title(), "throughput, C epoll", Bound.atLeast(least), toReference(work, Metric.RATE));
    }

    private void cpu(List<Target> all, String work, double most) {
        String what = work.startsWith("churn") ? "CPU per connection, C epoll" : "CPU per message, C epoll";
        add(all, Work.named(work).title(), what, Bound.atMost(most), toReference(work, Metric.CPU));
    }

    private static void add(List<Target> all, String work, String against, Bound wanted, Spread measured) {
        all.add(new Target(work, against, wanted, measured, ""));
    }

    private void peers(List<Target> all) {
        row(all, "throughput", Metric.RATE, Bound.atLeast(1.0), Bound.atLeast(1.06));
        row(all, "CPU", Metric.CPU, Bound.atMost(1.0), Bound.atMost(0.92));
    }

    private void row(List<Target> all, String what, String metric, Bound each, Bound mean) {
        List<Spread> ratios = new ArrayList<>();
        Spread worst = Spread.NOTHING;
        String where = "";
        for (String work : ROWS) {
            Optional<Best> best = best(work, metric, Servers.PEERS, each.atLeast());
            if (best.isPresent()) {
                Spread ratio = best.get().ratio;
                ratios.add(ratio);
                boolean worse = each.atLeast() ? ratio.median() < worst.median() : ratio.median() > worst.median();
                if (!worst.isMeasured() || worse) {
                    worst = ratio;
                    where = best.get().name + ", " + Work.named(work).title();
                }
            }
        }
        all.add(new Target("all of the above, the worst row", what + ", the best peer", each, worst, where));
        // A mean of some rows would not be the mean that is wanted.
        Spread geometric =
                ratios.size() == ROWS.size() ? Spread.of(List.of(Spread.geometricMean(ratios))) : Spread.NOTHING;
        add(all, "all of the above, the geometric mean", what + ", the best peer", mean, geometric);
    }

    private void fixedRate(List<Target> all) {
        for (String metric : List.of(Metric.P99, Metric.P999)) {
            String work = "rate-200";
            add(all, Work.named(work).title(), metric + ", C epoll", Bound.atMost(1.1), toReference(work, metric));
            all.add(toBest(work, metric, metric + ", the best peer", Servers.PEERS, 1.0));
        }
    }

    private void rest(List<Target> all) {
        all.add(toBest("idle-10000", Metric.RSS, "resident memory, the best NIO peer", Servers.NIO_PEERS, 1.0));
        all.add(toBest("idle-10000", Metric.HEAP, "live heap, the best peer", Servers.PEERS, 1.0));
        add(
                all,
                "two workers on two cores, not pinned",
                "gain over one worker, C epoll",
                Bound.atLeast(0.95),
                growth(Metric.RATE, "free-2", "free-1"));
        all.add(toBest("start", Metric.MILLIS, "Netty on NIO", List.of("netty-nio"), 1.5));
        add(
                all,
                "bundle dropped to first echo",
                "ms beyond the poll interval of " + FirstEcho.POLL_MILLIS,
                Bound.atMost(300),
                millis("deploy", FirstEcho.POLL_MILLIS));
        add(all, Work.named("shell").title(), "ms", Bound.atMost(50), millis("shell", 0));
        add(
                all,
                "100 → 10,000 connections",
                "growth of CPU per message, C epoll",
                Bound.atMost(FLAT_GROWTH),
                growth(Metric.CPU, "connections-10000", "connections-100"));
        add(
                all,
                "1 → 1,000 endpoints",
                "growth of CPU per message, C epoll with one",
                Bound.atMost(NO_GROWTH),
                growth(Metric.CPU, "endpoints-1000", "echo-50"));
        add(
                all,
                "64 B, 50 connections",
                "system calls per message, C epoll",
                Bound.atMost(1.0),
                toReference("calls", Metric.CALLS));
    }

    private Target toBest(String work, String metric, String against, List<String> candidates, double most) {
        Optional<Best> best = best(work, metric, candidates, false);
        return new Target(
                Work.named(work).title(),
                against,
                Bound.atMost(most),
                best.map(Best::ratio).orElse(Spread.NOTHING),
                candidates.size() > 1 ? best.map(Best::name).orElse("") : "");
    }

    private Spread millis(String work, int less) {
        return Spread.of(samples.series(jdk, Servers.OURS, work, Metric.MILLIS).values().stream()
                .map(millis -> millis - less)
                .toList());
    }

    private Spread toReference(String work, String metric) {
        return samples.ratio(jdk, Servers.OURS, Servers.REFERENCE, work, metric);
    }

    /**
     * How much more ours changes from one work to another than the reference does: the ratio of their ratios, each taken
     * within a round, for the two works had the machine at different times.
     */
    private Spread growth(String metric, String to, String from) {
        return Spread.of(
                Samples.quotients(ratios(to, metric), ratios(from, metric)).values());
    }

    private SortedMap<Integer, Double> ratios(String work, String metric) {
        return Samples.quotients(
                samples.series(jdk, Servers.OURS, work, metric), samples.series(jdk, Servers.REFERENCE, work, metric));
    }

    /** The one that ours is set against. */
    record Best(String name, Spread ratio) {}
}
