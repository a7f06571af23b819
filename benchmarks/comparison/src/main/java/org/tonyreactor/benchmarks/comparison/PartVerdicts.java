package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tonyreactor.benchmarks.comparison.Target.Bound;

/**
 * What the benchmarks of single parts say of those that have a target: {@code micro-verdicts.csv}, where it is there.
 *
 * @param all of all JDKs
 */
record PartVerdicts(List<PartVerdict> all) {
    static final String FILE = "micro-verdicts.csv";

    static PartVerdicts read(Path csv) throws IOException {
        return new PartVerdicts(
                Files.exists(csv)
                        ? Files.readAllLines(csv).stream()
                                .skip(1)
                                .filter(line -> !line.isBlank())
                                .map(PartVerdicts::parse)
                                .toList()
                        : List.of());
    }

    /** One for each part, in an order that all JDKs share. */
    List<Target> targets(String jdk) {
        return all.stream()
                .map(PartVerdict::part)
                .distinct()
                .sorted()
                .map(part -> target(part, jdk))
                .toList();
    }

    private Target target(String part, String jdk) {
        List<PartVerdict> here =
                all.stream().filter(each -> each.part.equals(part)).toList();
        List<Double> ratios = here.stream()
                .filter(each -> each.jdk.equals(jdk))
                .map(PartVerdict::ratio)
                .filter(ratio -> !ratio.isNaN())
                .toList();
        Bound wanted = here.get(0).wanted;
        String against = wanted.atLeast() ? "times the best of the others" : "part of the best of the others";
        return new Target(part, against, wanted, Ratio.of(ratios), "");
    }

    /** From a line such as {@code TimerFireBenchmark.wheel,17.0.15,5.10,≥ 1.3,met}. */
    private static PartVerdict parse(String line) {
        String[] cells = line.split(",", -1);
        String[] bound = cells[3].split(" ", -1);
        double value = Double.parseDouble(bound[1]);
        return new PartVerdict(
                cells[0],
                cells[1],
                Double.parseDouble(cells[2]),
                bound[0].equals("≥") ? Bound.atLeast(value) : Bound.atMost(value));
    }

    private record PartVerdict(String part, String jdk, Double ratio, Bound wanted) {}
}
