package org.tonyreactor.benchmarks.update;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * What a run has shown.
 *
 * @param targets each with what was measured
 * @param figures what else was measured, in milliseconds and KiB where a name says so
 * @param examples what went wrong, in words
 */
record Report(List<Target> targets, Map<String, Object> figures, List<String> examples) {
    static Report of(ProofOptions options, Measured measured, Tally tally, Run run) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        figures.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        figures.put("processor time of driver and server, percent", measured.processors.ownPercent());
        figures.put("processor time of others, percent", measured.processors.othersPercent());
        figures.put("seed", options.seed());
        figures.put("live", measured.live);
        figures.put("talkers", options.talkers());
        figures.put("connects", tally.connected.sum());
        figures.put(
                "connects per second",
                measured.callSeconds > 0 ? (tally.connected.sum() - measured.live) / measured.callSeconds : 0);
        figures.put("replies verified", tally.replies.sum());
        times(figures, "connect, ms", run.connectNanos());
        times(figures, "connect to reply, ms", run.answerNanos());
        times(figures, "Bundle.update, ms", measured.updates);
        times(figures, "first to last connection suspended, ms", measured.suspending);
        times(figures, "last suspended to first resumed, ms", measured.held);
        times(figures, "first to last connection resumed, ms", measured.resuming);
        times(figures, "all answered, ms", measured.answered);
        times(figures, "all answered without update, ms", measured.baselineAnswered);
        times(figures, "pause, ms", measured.pauses);
        times(figures, "pause without update, ms", measured.baselinePauses);
        measured.counts.all().forEach((name, count) -> figures.put("server: " + name, count));
        measured.samples.forEach(sample -> figures.put(
                "after update " + sample.update() + ": heap KiB, threads, descriptors",
                List.of(sample.heapBytes() / 1_024, sample.threads(), sample.descriptors())));
        return new Report(Targets.of(options, measured, tally), figures, tally.examples());
    }

    /** Whether all targets hold that decide. */
    boolean holds(boolean timesDecide) {
        return missed(timesDecide).isEmpty();
    }

    List<Target> missed(boolean timesDecide) {
        return targets.stream()
                .filter(target -> timesDecide || target.kind() == Target.Kind.COUNT)
                .filter(target -> !target.holds())
                .toList();
    }

    void print(PrintStream out) {
        out.println();
        figures.forEach((name, value) -> out.printf("  %-52s %s%n", name, text(value)));
        out.println();
        out.printf("  %-44s %12s   %s%n", "target", "measured", "wanted");
        targets.forEach(target -> out.println(target.line()));
        examples.forEach(example -> out.println("  seen: " + example));
        out.println();
        out.println(json());
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>(figures);
        targets.forEach(target -> all.put("target: " + target.name(), target.measured()));
        all.put("missed", missed(true).stream().map(Target::name).toList());
        return json(all);
    }

    private static void times(Map<String, Object> figures, String name, Histogram nanos) {
        if (nanos.getTotalCount() > 0) {
            figures.put(name + ": p50", nanos.getValueAtPercentile(50) / 1e6);
            figures.put(name + ": p99", nanos.getValueAtPercentile(99) / 1e6);
            figures.put(name + ": max", nanos.getMaxValue() / 1e6);
        }
    }

    private static String text(Object value) {
        return value instanceof Number number ? Target.text(number.doubleValue()) : value.toString();
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(each -> quoted(each.getKey().toString()) + ":" + json(each.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Report::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Double number) {
            return number == Math.rint(number)
                    ? Long.toString(number.longValue())
                    : String.format(Locale.ROOT, "%.3f", number);
        }
        return value instanceof Number ? value.toString() : quoted(value.toString());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
