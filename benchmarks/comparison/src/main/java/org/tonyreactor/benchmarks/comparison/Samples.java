package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.harness.Spread;

/**
 * What {@code rounds.csv} says: facts of the machine in lines such as {@code # kernel: Linux 6.1}, a header, and one line a
 * figure. A fact may come several times; its values are joined then.
 */
record Samples(Map<String, String> facts, List<Sample> all) {
    static final String HEADER = "round,jdk,server,work,metric,value";

    /** Instead of the version of a JDK, for a server that needs none. */
    static final String NO_JDK = "-";

    private static final String FACT = "# ";

    /** One figure: a line of the file. */
    record Sample(int round, String jdk, String server, String work, String metric, double value) {
        static Sample parse(String line) {
            String[] cells = line.split(",", -1);
            return new Sample(
                    Integer.parseInt(cells[0]), cells[1], cells[2], cells[3], cells[4], Double.parseDouble(cells[5]));
        }

        String line() {
            return String.join(",", Integer.toString(round), jdk, server, work, metric, Double.toString(value));
        }

        boolean isOn(String version) {
            return jdk.equals(version) || jdk.equals(NO_JDK);
        }
    }

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
            } else if (!line.isBlank() && !line.equals(HEADER)) {
                all.add(Sample.parse(line));
            }
        }
        return new Samples(facts, all);
    }

    /** The JDKs that a server ran on. */
    List<String> jdks() {
        List<String> jdks = all.stream()
                .map(Sample::jdk)
                .filter(jdk -> !jdk.equals(NO_JDK))
                .distinct()
                .sorted()
                .toList();
        return jdks.isEmpty() ? List.of(NO_JDK) : jdks;
    }

    /** Those that have a figure on this JDK, or need none, in the order of {@link Servers}. */
    List<String> servers(String jdk, String work, String metric) {
        return of(jdk, work, metric)
                .map(Sample::server)
                .distinct()
                .sorted(Servers.ORDER)
                .toList();
    }

    private Stream<Sample> of(String jdk, String work, String metric) {
        return all.stream()
                .filter(sample -> sample.isOn(jdk) && sample.work.equals(work) && sample.metric.equals(metric));
    }

    /** The figures of a server by round. */
    SortedMap<Integer, Double> series(String jdk, String server, String work, String metric) {
        return of(jdk, work, metric)
                .filter(sample -> sample.server.equals(server))
                .collect(Collectors.toMap(Sample::round, Sample::value, (first, second) -> second, TreeMap::new));
    }

    Spread figure(String jdk, String server, String work, String metric) {
        return Spread.of(series(jdk, server, work, metric).values());
    }

    Spread ratio(String jdk, String server, String reference, String work, String metric) {
        return Spread.of(quotients(series(jdk, server, work, metric), series(jdk, reference, work, metric))
                .values());
    }

    /** Round by round; rounds that only one of the two has do not count. */
    static SortedMap<Integer, Double> quotients(SortedMap<Integer, Double> ours, SortedMap<Integer, Double> divisors) {
        SortedMap<Integer, Double> quotients = new TreeMap<>();
        ours.forEach((round, value) -> {
            Double divisor = divisors.get(round);
            if (divisor != null) {
                quotients.put(round, value / divisor);
            }
        });
        return quotients;
    }

    /**
     * A figure of a server as a picture shows it: the reference's median times the median of its ratios to the reference. A
     * median of its own would also show how fast the machine was in its windows. Without a reference it is that median.
     */
    double level(String jdk, String server, String work, String metric) {
        Spread ratio = ratio(jdk, server, Servers.REFERENCE, work, metric);
        return ratio.isMeasured()
                ? ratio.median() * figure(jdk, Servers.REFERENCE, work, metric).median()
                : figure(jdk, server, work, metric).median();
    }

    /** How many figures of a kind are not 0, such as those of noisy rounds. */
    long count(String metric) {
        return all.stream()
                .filter(sample -> sample.metric.equals(metric) && sample.value != 0)
                .count();
    }

    /** Writes them while they are measured, so that a run that was broken off has left what it had. */
    static final class File implements AutoCloseable {
        private final Writer out;

        File(Path csv, Map<String, String> facts) throws IOException {
            Files.createDirectories(csv.toAbsolutePath().getParent());
            out = Files.newBufferedWriter(csv);
            for (Map.Entry<String, String> fact : facts.entrySet()) {
                fact(fact.getKey(), fact.getValue());
            }
            line(HEADER);
        }

        void fact(String name, String value) throws IOException {
            line(FACT + name + ": " + value.replace('\n', ' '));
        }

        void line(String text) throws IOException {
            out.write(text + "\n");
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
