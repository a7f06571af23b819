package org.tonyreactor.internal.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the figures say of a target: ours against the best of the others.
 *
 * @param ours the figure of the engine's timers
 * @param best the best figure of the others; NaN while one of them is not measured, which might be the best
 */
record MicroVerdict(MicroResult ours, double best) {
    static final String HEADER = "part,jdk,ratio,wanted,verdict";

    private static final double TIMES_FASTER = 1.3;
    private static final double PART_OF_BYTES = 0.75;
    private static final String OURS = ".wheel";

    /** One for each part that has a target, on each JDK. */
    static Stream<MicroVerdict> of(List<MicroResult> results) {
        return results.stream()
                .filter(each -> each.name().startsWith("Timer") && each.name().contains(OURS))
                .map(ours -> new MicroVerdict(ours, best(ours, results)));
    }

    private static double best(MicroResult ours, List<MicroResult> results) {
        Stream<String> others =
                countsBytes(ours) ? Stream.of("nettyLoop") : Stream.of("nettyLoop", "nettyWheel", "executor");
        return others.map(other -> find(results, ours.name().replace(OURS, "." + other), ours.jdk()))
                .mapToDouble(found -> found.map(MicroResult::score).orElse(Double.NaN))
                .min()
                .orElse(Double.NaN);
    }

    private static Optional<MicroResult> find(List<MicroResult> results, String name, String jdk) {
        return results.stream()
                .filter(each -> each.name().equals(name) && each.jdk().equals(jdk))
                .findFirst();
    }

    private static boolean countsBytes(MicroResult result) {
        return result.unit().equals("B");
    }

    /** How many times faster, or which part of the bytes. */
    private double ratio() {
        return countsBytes(ours) ? ours.score() / best : best / ours.score();
    }

    private String wanted() {
        return countsBytes(ours) ? "≤ " + PART_OF_BYTES : "≥ " + TIMES_FASTER;
    }

    private String verdict() {
        if (Double.isNaN(best)) {
            return "not measured";
        }
        boolean met = countsBytes(ours) ? ratio() <= PART_OF_BYTES : ratio() >= TIMES_FASTER;
        return met ? "met" : "missed";
    }

    String toCsv() {
        return String.format(Locale.ROOT, "%s,%s,%.2f,%s,%s", ours.name(), ours.jdk(), ratio(), wanted(), verdict());
    }

    String toMarkdown() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f %s | %.1f | %.2f | %s | %s |",
                ours.name(),
                ours.jdk(),
                ours.score(),
                ours.unit(),
                best,
                ratio(),
                wanted(),
                verdict());
    }
}
