package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.harness.Spread;

/**
 * Makes {@code performance.md} and its pictures from the samples; every figure in it comes from them. What was not measured
 * has no table and no picture.
 */
final class Report {
    static final String FILE = "performance.md";
    private static final String PICTURES = "performance";

    /** A load generator with more of its processor is the one that cannot do more, unless the server has as much. */
    private static final double SATURATED = 0.95;

    /** One figure of a work: a column, or a picture in a file. */
    private record Figure(String title, String work, String metric, String file) {
        Figure(String title, String work, String metric) {
            this(title, work, metric, "");
        }
    }

    private static final List<Figure> COLUMNS = List.of(
            new Figure("p50, µs", "rate-200", Metric.P50),
            new Figure("p99, µs", "rate-200", Metric.P99),
            new Figure("p99.9, µs", "rate-200", Metric.P999),
            new Figure("resident memory per idle connection, B", "idle-10000", Metric.RSS),
            new Figure("live heap per idle connection, B", "idle-10000", Metric.HEAP),
            new Figure("start to first echo, ms", "start", Metric.MILLIS));

    private static final List<Figure> CHARTS = List.of(
            new Figure("CPU per message, 64 B, 50 connections; µs", "echo-50", Metric.CPU, "cpu.svg"),
            new Figure("Connect, echo, close, 50 in parallel; per second", "churn-50", Metric.RATE, "churn.svg"),
            new Figure("Resident memory of an idle connection; B", "idle-10000", Metric.RSS, "idle-resident.svg"),
            new Figure("Live heap of an idle connection; B", "idle-10000", Metric.HEAP, "idle-heap.svg"),
            new Figure("Process start to first echo; ms", "start", Metric.MILLIS, "start.svg"));

    /** What is told against another commit. */
    private static final List<String> METRICS =
            List.of(Metric.RATE, Metric.CPU, Metric.P99, Metric.MILLIS, Metric.RSS, Metric.HEAP);

    private final Samples samples;

    Report(Samples samples) {
        this.samples = samples;
    }

    void write(Path folder) throws IOException {
        Path pictures = Files.createDirectories(folder.resolve(PICTURES));
        for (Map.Entry<String, String> picture : pictures().entrySet()) {
            Files.writeString(pictures.resolve(picture.getKey()), picture.getValue());
        }
        Files.writeString(folder.resolve(FILE), text());
    }

    String text() throws IOException {
        StringBuilder text = new StringBuilder(head());
        text.append("\n").append(trust());
        for (String jdk : samples.jdks()) {
            section(text, "Ratios to C epoll, " + name(jdk), ratios(jdk));
            section(text, "Against the best peer, " + name(jdk), bestPeers(jdk));
            section(text, "Other figures, " + name(jdk), others(jdk));
        }
        StringBuilder shown = new StringBuilder();
        for (String file : pictures().keySet()) {
            shown.append(String.format("![%s](%s/%s)%n", file.replace(".svg", ""), PICTURES, file));
        }
        section(text, "Bars, " + name(lastJdk()), shown.toString());
        for (String jdk : samples.jdks()) {
            section(text, "All figures, " + name(jdk), figures(jdk));
        }
        List<List<String>> facts = new ArrayList<>();
        samples.facts().forEach((name, value) -> facts.add(List.of(name, value.replace("|", "/"))));
        section(text, "The machine", table(List.of("what", "is"), facts));
        return text.toString();
    }

    /** This tree against another commit: a row for each figure that a work has. */
    String against() {
        List<List<String>> rows = new ArrayList<>();
        for (String jdk : samples.jdks()) {
            for (Work work : Work.ALL) {
                for (String metric : METRICS) {
                    Spread ratio = samples.ratio(jdk, Servers.OURS, Servers.OTHER, work.name(), metric);
                    if (ratio.isMeasured()) {
                        rows.add(List.of(jdk, work.title(), metric, ratio.text()));
                    }
                }
            }
        }
        return "\nThis tree / the other commit, medians of ratios per round (lowest–highest).\n\n"
                + table(List.of("JDK", "work", "figure", "ratio"), rows)
                + "\n" + trust();
    }

    /** Throughput and CPU of each server in each work to those of C epoll; the mean of those that have all. */
    private String ratios(String jdk) {
        List<Work> works = Work.ROWS.stream()
                .filter(work -> samples.servers(jdk, work.name(), Metric.RATE).contains(Servers.REFERENCE))
                .toList();
        List<String> header = new ArrayList<>(List.of("server"));
        works.forEach(work -> header.add(work.title()));
        header.add("geometric mean");
        List<List<String>> rows = new ArrayList<>();
        for (String server : servers(jdk, works.stream().map(Work::name))) {
            if (!server.equals(Servers.REFERENCE)) {
                List<String> row = new ArrayList<>(List.of(server));
                works.forEach(work -> row.add(pair(
                        ratio(jdk, server, work, Metric.RATE).median(),
                        ratio(jdk, server, work, Metric.CPU).median())));
                row.add(pair(mean(jdk, server, Metric.RATE), mean(jdk, server, Metric.CPU)));
                rows.add(row);
            }
        }
        return table("Throughput / CPU per message, medians of ratios per round.", header, rows);
    }

    private Spread ratio(String jdk, String server, Work work, String metric) {
        return samples.ratio(jdk, server, Servers.REFERENCE, work.name(), metric);
    }

    private double mean(String jdk, String server, String metric) {
        return Spread.geometricMean(
                Work.ROWS.stream().map(work -> ratio(jdk, server, work, metric)).toList());
    }

    private static String pair(double rate, double cpu) {
        return Spread.number(rate, 2) + " / " + Spread.number(cpu, 2);
    }

    /** Ours to the best peer, row by row. */
    private String bestPeers(String jdk) {
        List<List<String>> rows = new ArrayList<>();
        for (Work work : Work.ROWS) {
            Optional<Best> rate = best(jdk, work, Metric.RATE);
            Optional<Best> cpu = best(jdk, work, Metric.CPU);
            if (rate.isPresent() && cpu.isPresent()) {
                rows.add(List.of(
                        work.title(),
                        rate.get().ratio.text(),
                        rate.get().name,
                        cpu.get().ratio.text(),
                        cpu.get().name));
            }
        }
        List<String> measured = servers(jdk, Work.ROWS.stream().map(Work::name));
        List<String> missing =
                Servers.PEERS.stream().filter(peer -> !measured.contains(peer)).toList();
        String words = "The best of " + String.join(", ", Servers.PEERS)
                + (missing.isEmpty() ? "." : "; not measured: " + String.join(", ", missing) + ".");
        return table(words, List.of("work", "throughput", "best", "CPU", "best"), rows);
    }

    /** The peer that ours looks worst beside, and ours to it. */
    private record Best(String name, Spread ratio) {}

    private Optional<Best> best(String jdk, Work work, String metric) {
        return Servers.PEERS.stream()
                .map(peer -> new Best(peer, samples.ratio(jdk, Servers.OURS, peer, work.name(), metric)))
                .filter(best -> best.ratio.isMeasured())
                .min(Comparator.comparingDouble(
                        best -> metric.equals(Metric.RATE) ? best.ratio.median() : -best.ratio.median()));
    }

    /** What is no throughput. */
    private String others(String jdk) {
        List<Figure> columns = COLUMNS.stream()
                .filter(figure ->
                        !samples.servers(jdk, figure.work, figure.metric).isEmpty())
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (String server : servers(jdk, columns.stream().map(Figure::work))) {
            List<String> row = new ArrayList<>(List.of(server));
            columns.forEach(figure -> row.add(
                    samples.figure(jdk, server, figure.work, figure.metric).text(0)));
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("server"));
        columns.forEach(figure -> header.add(figure.title));
        return table("Latencies at 20,000 messages/s over 200 connections, from when a message was due.", header, rows);
    }

    /** Every work under load. */
    private String figures(String jdk) {
        List<List<String>> rows = new ArrayList<>();
        for (Work work : Work.ALL) {
            for (String server : samples.servers(jdk, work.name(), Metric.RATE)) {
                rows.add(List.of(
                        work.title(),
                        server,
                        figure(jdk, server, work, Metric.RATE).text(0)
                                + (isGeneratorSaturated(jdk, server, work) ? " †" : ""),
                        figure(jdk, server, work, Metric.CPU).text(2),
                        figure(jdk, server, work, Metric.SERVER_SHARE).text(2),
                        figure(jdk, server, work, Metric.GENERATOR_SHARE).text(2),
                        Spread.number(figure(jdk, server, work, Metric.P50).median(), 0),
                        Spread.number(figure(jdk, server, work, Metric.P99).median(), 0),
                        rounds(jdk, server, work)));
            }
        }
        return table(
                "Shares are of one processor. † marks where the load generator had no more to give while the server had:\n"
                        + "the throughput is the generator's there, and CPU per message decides.",
                List.of(
                        "work",
                        "server",
                        "per second",
                        "CPU, µs",
                        "server's share",
                        "generator's share",
                        "p50, µs",
                        "p99, µs",
                        "rounds"),
                rows);
    }

    boolean isGeneratorSaturated(String jdk, String server, Work work) {
        double generator = figure(jdk, server, work, Metric.GENERATOR_SHARE).median();
        double own = figure(jdk, server, work, Metric.SERVER_SHARE).median();
        // At a fixed rate the generator polls, so its processor is always busy.
        return work.kind() != Work.Kind.RATE && generator >= SATURATED && own < SATURATED;
    }

    private String rounds(String jdk, String server, Work work) {
        long noisy = samples.series(jdk, server, work.name(), Metric.NOISY).values().stream()
                .filter(value -> value != 0)
                .count();
        int rounds = figure(jdk, server, work, Metric.RATE).count();
        return noisy == 0 ? Integer.toString(rounds) : rounds + ", " + noisy + " noisy";
    }

    private Spread figure(String jdk, String server, Work work, String metric) {
        return samples.figure(jdk, server, work.name(), metric);
    }

    /** Those that have any figure of these works. */
    private List<String> servers(String jdk, Stream<String> works) {
        List<String> wanted = works.toList();
        return samples.all().stream()
                .filter(sample -> sample.isOn(jdk) && wanted.contains(sample.work()))
                .filter(sample -> !sample.metric().equals(Metric.FAILED))
                .map(Samples.Sample::server)
                .distinct()
                .sorted(Servers.ORDER)
                .toList();
    }

    /** By the names of their files: what C epoll has at the median, times the median of the ratios to it. */
    private Map<String, String> pictures() {
        Map<String, String> pictures = new LinkedHashMap<>();
        for (Figure figure : CHARTS) {
            BarChart chart = new BarChart(figure.title);
            for (String server : samples.servers(lastJdk(), figure.work, figure.metric)) {
                chart.add(server, samples.level(lastJdk(), server, figure.work, figure.metric));
            }
            if (!chart.isEmpty()) {
                pictures.put(figure.file, chart.svg());
            }
        }
        return pictures;
    }

    private String lastJdk() {
        List<String> jdks = samples.jdks();
        return jdks.get(jdks.size() - 1);
    }

    /** How much weight this run has. */
    private String trust() {
        long measured = samples.all().stream()
                .filter(sample -> sample.metric().equals(Metric.NOISY))
                .count();
        String noise = "Of " + measured + " measurements under load " + samples.count(Metric.NOISY) + " were noisy, "
                + samples.count(Metric.FAILED) + " of all failed.\n";
        return samples.facts().getOrDefault("form", "").equals("short")
                ? noise
                        + "\n**Made by the short form: it shows that everything works, and no figure of it is to be quoted.**\n"
                : noise;
    }

    private static String table(String words, List<String> header, List<List<String>> rows) {
        return rows.isEmpty() ? "" : words + "\n\n" + table(header, rows);
    }

    private static String table(List<String> header, List<List<String>> rows) {
        List<String> rule = header.stream().map(cell -> "---").toList();
        StringBuilder text = new StringBuilder();
        Stream.concat(Stream.of(header, rule), rows.stream())
                .forEach(
                        row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return text.toString();
    }

    private static void section(StringBuilder text, String title, String content) {
        if (!content.isEmpty()) {
            text.append("\n## ").append(title).append("\n\n").append(content);
        }
    }

    private static String name(String jdk) {
        return jdk.equals(Samples.NO_JDK) ? "no JDK" : "JDK " + jdk;
    }

    private static String head() throws IOException {
        try (InputStream head = Report.class.getResourceAsStream("head.md")) {
            if (head == null) {
                throw new IllegalStateException("the head of the report is not in this program");
            }
            return new String(head.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
