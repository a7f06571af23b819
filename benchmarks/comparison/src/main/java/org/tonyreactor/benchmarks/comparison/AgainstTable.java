package org.tonyreactor.benchmarks.comparison;

import java.util.List;
import java.util.Locale;

/**
 * This tree against another commit.
 *
 * @param samples of both
 * @param works in their order
 */
record AgainstTable(Samples samples, List<Work> works) {
    /** The name of the server built from the other commit. */
    static final String OTHER = "tonyreactor-other";

    String text() {
        StringBuilder text = new StringBuilder(String.format(
                "%nthis tree / the other commit, medians of ratios per round (lowest–highest)%n%-10s %-40s %-20s %-20s %-20s%n",
                "JDK", "work", "throughput", "CPU per message", "p99"));
        for (String jdk : samples.jdks()) {
            for (Work work : works) {
                text.append(String.format(
                        Locale.ROOT,
                        "%-10s %-40s %-20s %-20s %-20s%n",
                        jdk,
                        work.title(),
                        ratio(jdk, work, Metric.RATE),
                        ratio(jdk, work, Metric.CPU),
                        ratio(jdk, work, Metric.P99)));
            }
        }
        return text.append(String.format("noisy measurements: %d%n", samples.count(Metric.NOISY)))
                .toString();
    }

    private String ratio(String jdk, Work work, String metric) {
        return samples.ratio(jdk, Servers.OURS, OTHER, work.name(), metric).text();
    }
}
