package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes {@code performance.md} and its pictures from the samples; every figure in it comes from them. */
final class Report {
    static final String FILE = "performance.md";
    private static final String PICTURES = "performance";
    private static final String MICRO_COMMAND = "`mvn -Pmicro -pl benchmarks/micro -am`";

    private final Samples samples;
    private final Path micro;
    private final Map<String, String> pictures;
    private final StringBuilder text = new StringBuilder();

    /**
     * A report to be written.
     *
     * @param micro a CSV of the benchmarks of single parts, taken in when it is there, as are the verdicts beside it
     */
    Report(Samples samples, Path micro) {
        this.samples = samples;
        this.micro = micro;
        List<String> jdks = samples.jdks();
        pictures = new Charts(samples, jdks.get(jdks.size() - 1)).all();
    }

    void write(Path folder) throws IOException {
        Path picturesFolder = Files.createDirectories(folder.resolve(PICTURES));
        writeAll(pictures, picturesFolder);
        writeAll(new TimerCharts(microLines()).all(), picturesFolder);
        Files.writeString(folder.resolve(FILE), text());
    }

    private static void writeAll(Map<String, String> pictures, Path folder) throws IOException {
        for (Map.Entry<String, String> picture : pictures.entrySet()) {
            Files.writeString(folder.resolve(picture.getKey()), picture.getValue());
        }
    }

    String text() throws IOException {
        text.setLength(0);
        text.append(head());
        targets();
        for (String jdk : samples.jdks()) {
            ReportTables tables = new ReportTables(samples, jdk);
            section("Ratios to C epoll, " + name(jdk), tables.ratios());
            section("Against each of them, " + name(jdk), tables.means());
            section("Against the best peer, " + name(jdk), tables.bestPeers());
            section("Other figures, " + name(jdk), tables.others());
        }
        section("Curves and bars", pictures());
        section("Single parts", micro());
        for (String jdk : samples.jdks()) {
            section("All figures, " + name(jdk), new ReportTables(samples, jdk).figures());
        }
        section("The machine", facts());
        return text.toString();
    }

    private void targets() throws IOException {
        PartVerdicts parts = PartVerdicts.read(micro.resolveSibling(PartVerdicts.FILE));
        List<String> jdks = samples.jdks();
        List<String> header = new ArrayList<>(List.of("work", "against", "wanted"));
        jdks.forEach(jdk -> header.add(name(jdk)));
        MarkdownTable table = new MarkdownTable(header);
        List<List<Target>> columns =
                jdks.stream().map(jdk -> new Targets(samples, parts, jdk).all()).toList();
        for (int i = 0; i < columns.get(0).size(); i++) {
            Target first = columns.get(0).get(i);
            List<String> row = new ArrayList<>(
                    List.of(first.work(), first.against(), first.wanted().text()));
            for (List<Target> column : columns) {
                row.add(column.get(i).text());
            }
            table.row(row);
        }
        section("Targets", Optional.of("""
                Medians of ratios per round, in brackets the lowest and the highest. The median decides; ± says that some
                rounds are on the other side of the bound, so that this run cannot tell them apart. What is printed is judged, to
                a hundredth. What is missed, and why:
                [performance-profile.md](performance-profile.md).
                """ + trust() + "\n" + table.text()));
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

    private Optional<String> pictures() {
        if (pictures.isEmpty()) {
            return Optional.empty();
        }
        List<String> jdks = samples.jdks();
        return Optional.of("On " + name(jdks.get(jdks.size() - 1))
                + "; what C epoll has at the median, times the median of the ratios to it.\n\n" + shown(pictures));
    }

    /** The pictures in the text. */
    private static String shown(Map<String, String> pictures) {
        StringBuilder list = new StringBuilder();
        for (String file : pictures.keySet()) {
            list.append(String.format("![%s](%s/%s)%n", file.replace(".svg", "").replace('-', ' '), PICTURES, file));
        }
        return list.toString();
    }

    private Optional<String> micro() throws IOException {
        List<String> lines = microLines();
        if (lines.isEmpty()) {
            return Optional.of("Not measured: mailbox, timers, pool, loopback, write path and read path. "
                    + MICRO_COMMAND + " measures them.\n");
        }
        MarkdownTable table = new MarkdownTable(List.of(lines.get(0).split(",", -1)));
        lines.stream().skip(1).forEach(line -> table.row(List.of(line.split(",", -1))));
        return Optional.of("Measured by JMH, in a run of its own.\n\n" + timers(lines) + "\n" + table.text());
    }

    private static String timers(List<String> lines) {
        Map<String, String> pictures = new TimerCharts(lines).all();
        return pictures.isEmpty()
                ? "There is no picture of the timers; " + MICRO_COMMAND + " measures them.\n"
                : "A timer is added and cancelled in one turn of the loop, or a turn passes between the two, or it is added"
                        + " and fires.\n\n" + shown(pictures);
    }

    /** What the benchmarks of single parts have written; nothing where they have not. */
    private List<String> microLines() throws IOException {
        return Files.exists(micro)
                ? Files.readAllLines(micro).stream()
                        .filter(line -> !line.isBlank())
                        .toList()
                : List.of();
    }

    private Optional<String> facts() {
        MarkdownTable table = new MarkdownTable(List.of("what", "is"));
        Map<String, String> facts = new LinkedHashMap<>(samples.facts());
        facts.forEach((name, value) -> table.row(List.of(name, value.replace("|", "/"))));
        return Optional.of(table.text());
    }

    private void section(String title, Optional<String> content) {
        content.ifPresent(
                words -> text.append("\n## ").append(title).append("\n\n").append(words));
    }

    private static String name(String jdk) {
        return jdk.equals(Sample.NO_JDK) ? "no JDK" : "JDK " + jdk;
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
