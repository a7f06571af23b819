package org.tonyreactor.benchmarks.comparison;

import java.util.List;
import org.tonyreactor.benchmarks.harness.Spread;

/** This tree against another commit. */
record AgainstTable(Samples samples, List<Work> works) {
    /** The name of the server built from the other commit. */
    static final String OTHER = "tonyreactor-other";

    private static final List<Figure> FIGURES = List.of(
            new Figure(Metric.RATE, "throughput"),
            new Figure(Metric.CPU, "CPU time"),
            new Figure(Metric.P99, "p99"),
            new Figure(Metric.MILLIS, "time"),
            new Figure(Metric.RSS, "resident memory"),
            new Figure(Metric.HEAP, "live heap"),
            new Figure(Metric.CALLS, "system calls"));

    private record Figure(String metric, String title) {}

    /** One line for each figure that a work has. */
    String text() {
        StringBuilder text = new StringBuilder(
                String.format("%nthis tree / the other commit, medians of ratios per round (lowest–highest)%n"));
        for (String jdk : samples.jdks()) {
            for (Work work : works) {
                FIGURES.forEach(figure -> text.append(line(jdk, work, figure)));
            }
        }
        return text.append(String.format("noisy measurements: %d%n", samples.count(Metric.NOISY)))
                .toString();
    }

    private String line(String jdk, Work work, Figure figure) {
        Spread ratio = samples.ratio(jdk, Servers.OURS, OTHER, work.name(), figure.metric);
        return ratio.isMeasured()
                ? String.format("%-10s %-40s %-16s %s%n", jdk, work.title(), figure.title, ratio.text())
                : "";
    }
}
