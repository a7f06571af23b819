package org.tonyreactor.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;

/** Samples as a run would leave them, with figures that are easy to follow. */
final class FixedRounds {
    private final List<String> lines =
            new ArrayList<>(List.of("# processor: Test | 1", "# kernel: Linux", Samples.HEADER));

    /** Figures of one server in one work, one a round. */
    FixedRounds with(String jdk, String server, String work, String metric, double... values) {
        for (int round = 1; round <= values.length; round++) {
            lines.add(new Samples.Sample(round, jdk, server, work, metric, values[round - 1]).line());
        }
        return this;
    }

    Samples samples() {
        return Samples.parse(lines);
    }

    List<String> lines() {
        return lines;
    }
}
