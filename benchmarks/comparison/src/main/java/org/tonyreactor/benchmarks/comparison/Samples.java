package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code rounds.csv} says: facts of the machine in lines such as {@code # kernel: Linux 6.1}, a header, and one line a
 * figure.
 *
 * @param facts by their names, in their order; a name may come several times, its values are joined then
 * @param all every figure
 */
record Samples(Map<String, String> facts, List<Sample> all) {
    private static final String FACT = "# ";

    static Samples read(Path csv) throws IOException {
        return parse(Files.readAllLines(csv));
    }

    static Samples parse(List<String> lines) {
        Map<String, String> facts = new LinkedHashMap<>();
        List<Sample> all = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(FACT)) {
                String[] fact = line.substring(FACT.length()).split(": ", 2);
                facts.merge(fact[0], fact[1], (one, other) -> one + "; " + other);
            } else if (!line.isBlank() && !line.equals(Sample.HEADER)) {
                all.add(Sample.parse(line));
            }
        }
        return new Samples(facts, all);
    }

    static String factLine(String name, String value) {
        return FACT + name + ": " + value.replace('\n', ' ');
    }

    /** The JDKs that a server ran on. */
    List<String> jdks() {
        List<String> jdks = all.stream()
                .map(Sample::jdk)
                .filter(jdk -> !jdk.equals(Sample.NO_JDK))
                .distinct()
                .toList();
        return jdks.isEmpty() ? List.of(Sample.NO_JDK) : jdks.stream().sorted().toList();
    }

    /** Those that have a figure on this JDK, or need none, in the order of {@link Servers}. */
    List<String> servers(String jdk, String work, String metric) {
        return all.stream()
                .filter(sample -> isOn(sample, jdk)
                        && sample.work().equals(work)
                        && sample.metric().equals(metric))
                .map(Sample::server)
                .distinct()
                .sorted(Servers.ORDER)
                .toList();
    }

    /** The figures of a server by round. */
    SortedMap<Integer, Double> series(String jdk, String server, String work, String metric) {
        return all.stream()
                .filter(sample -> isOn(sample, jdk)
                        && sample.server().equals(server)
                        && sample.work().equals(work)
                        && sample.metric().equals(metric))
                .collect(Collectors.toMap(Sample::round, Sample::value, (first, second) -> second, TreeMap::new));
    }

    Ratio figure(String jdk, String server, String work, String metric) {
        return Ratio.of(series(jdk, server, work, metric).values());
    }

    Ratio ratio(String jdk, String server, String reference, String work, String metric) {
        return Ratio.of(series(jdk, server, work, metric), series(jdk, reference, work, metric));
    }

    /**
     * A figure of a server as a picture shows it: the reference's median times the median of its ratios to the reference. A
     * median of its own would also show how fast the machine was in its windows. Without a reference it is that median.
     */
    double level(String jdk, String server, String work, String metric) {
        Ratio ratio = ratio(jdk, server, Servers.REFERENCE, work, metric);
        return ratio.isMeasured()
                ? ratio.median() * figure(jdk, Servers.REFERENCE, work, metric).median()
                : figure(jdk, server, work, metric).median();
    }

    /** How many figures of a kind are not 0, such as those of noisy rounds. */
    long count(String metric) {
        return all.stream()
                .filter(sample -> sample.metric().equals(metric) && sample.value() != 0)
                .count();
    }

    boolean has(Collection<String> works) {
        return all.stream().anyMatch(sample -> works.contains(sample.work()));
    }

    private static boolean isOn(Sample sample, String jdk) {
        return sample.jdk().equals(jdk) || sample.jdk().equals(Sample.NO_JDK);
    }
}
