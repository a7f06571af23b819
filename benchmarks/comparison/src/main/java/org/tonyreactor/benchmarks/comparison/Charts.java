package org.tonyreactor.benchmarks.comparison;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The pictures of a report, of one JDK. What was not measured has no picture. */
final class Charts {
    private static final String MICROS = "µs";

    private final Samples samples;
    private final String jdk;
    private final Map<String, String> pictures = new LinkedHashMap<>();

    Charts(Samples samples, String jdk) {
        this.samples = samples;
        this.jdk = jdk;
    }

    /** By the names of their files, in the order of the report. */
    Map<String, String> all() {
        curves("connections", "connections, 64 B", Work::connections);
        curves("size", "bytes of a message, 50 connections", Work::sizeBytes);
        curves("depth", "messages in flight on each of 50 connections, 64 B", Work::depth);
        percentiles();
        bars("churn.svg", "Connect, echo, close: 50 in parallel", "connections/s", "churn-50", Metric.RATE);
        bars("idle-resident.svg", "Resident memory of an idle connection", "bytes", "idle-10000", Metric.RSS);
        bars("idle-heap.svg", "Live heap of an idle connection", "bytes", "idle-10000", Metric.HEAP);
        bars("start.svg", "Process start to first echo", "ms", "start", Metric.MILLIS);
        bars("cpu.svg", "CPU per message: 64 B, 50 connections", "µs", "echo-50", Metric.CPU);
        return pictures;
    }

    private void curves(String sweep, String across, ToDoubleFunction<Work> x) {
        curve(sweep, "throughput", "Throughput", "thousand messages/s", across, x, Metric.RATE, 1e-3);
        curve(sweep, "cpu", "CPU per message", MICROS, across, x, Metric.CPU, 1);
        curve(sweep, "latency", "Latency, p99, closed loop", MICROS, across, x, Metric.P99, 1);
    }

    private void curve(
            String sweep,
            String what,
            String title,
            String unit,
            String across,
            ToDoubleFunction<Work> x,
            String metric,
            double factor) {
        LineChart chart = new LineChart(title);
        for (String name : Work.names(Work.Kind.SWEEP)) {
            if (name.startsWith(sweep)) {
                for (String server : samples.servers(jdk, name, metric)) {
                    chart.add(
                            server,
                            x.applyAsDouble(Work.named(name)),
                            samples.level(jdk, server, name, metric) * factor);
                }
            }
        }
        if (!chart.isEmpty()) {
            // Sizes and depths change a rate or a time by powers of ten.
            Axis up = metric.equals(Metric.P99) || sweep.equals("size")
                    ? Axis.logarithmic(unit, chart.ys())
                    : Axis.linear(unit, chart.ys());
            pictures.put(sweep + "-" + what + ".svg", chart.svg(Axis.points(across, chart.xs()), up));
        }
    }

    private void percentiles() {
        LineChart chart = new LineChart("Latency at 20,000 messages/s, 200 connections");
        // One message in so many is slower.
        Map<String, Double> places = Map.of(Metric.P50, 2.0, "p90", 10.0, Metric.P99, 100.0, Metric.P999, 1_000.0);
        for (Map.Entry<String, Double> place : places.entrySet()) {
            for (String server : samples.servers(jdk, "rate-200", place.getKey())) {
                if (Servers.DRAWN.contains(server)) {
                    chart.add(server, place.getValue(), samples.level(jdk, server, "rate-200", place.getKey()));
                }
            }
        }
        if (!chart.isEmpty()) {
            Axis across = Axis.points(
                    "one message in so many is slower (2: p50, 10: p90, 100: p99, 1,000: p99.9)", chart.xs());
            pictures.put("rate-latency.svg", chart.svg(across, Axis.logarithmic(MICROS, chart.ys())));
        }
    }

    private void bars(String file, String title, String unit, String work, String metric) {
        BarChart chart = new BarChart(title);
        for (String server : samples.servers(jdk, work, metric)) {
            chart.add(server, samples.level(jdk, server, work, metric));
        }
        if (!chart.isEmpty()) {
            pictures.put(file, chart.svg(unit));
        }
    }
}
