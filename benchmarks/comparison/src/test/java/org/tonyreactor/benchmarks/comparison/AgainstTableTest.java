package org.tonyreactor.benchmarks.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgainstTableTest {
    private static final String JDK = "17.0.15";

    @Test
    void hasALineForEachFigureOfAWork() {
        Samples samples = new Samples(
                Map.of(),
                List.of(
                        sample(1, Servers.OURS, "echo-50", Metric.RATE, 110),
                        sample(1, AgainstTable.OTHER, "echo-50", Metric.RATE, 100),
                        sample(1, Servers.OURS, "echo-50", Metric.CPU, 9),
                        sample(1, AgainstTable.OTHER, "echo-50", Metric.CPU, 10),
                        sample(1, AgainstTable.OTHER, "echo-50", Metric.NOISY, 1),
                        sample(1, Servers.OURS, "start", Metric.MILLIS, 600),
                        sample(1, AgainstTable.OTHER, "start", Metric.MILLIS, 800),
                        sample(2, Servers.OURS, "start", Metric.MILLIS, 900),
                        sample(2, AgainstTable.OTHER, "start", Metric.MILLIS, 900)));

        List<String> lines = new AgainstTable(samples, List.of(Work.named("echo-50"), Work.named("start")))
                .text()
                .strip()
                .lines()
                .map(line -> line.replaceAll(" +", " "))
                .toList();

        assertEquals(
                List.of(
                        "this tree / the other commit, medians of ratios per round (lowest–highest)",
                        "17.0.15 64 B, 50 connections throughput 1.10",
                        "17.0.15 64 B, 50 connections CPU time 0.90",
                        "17.0.15 process start to first echo time 0.88 (0.75–1.00)",
                        "noisy measurements: 1"),
                lines);
    }

    private static Samples.Sample sample(int round, String server, String work, String metric, double value) {
        return new Samples.Sample(round, JDK, server, work, metric, value);
    }
}
