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

    private final Samples samples;
    private final Parts parts;
    private final Map<String, String> pictures;
    private final StringBuilder text = new StringBuilder();

    Report(Samples samples, Parts parts) {
        this.samples = samples;
        this.parts = parts;
        List<String> jdks = samples.jdks();
        pictures = new Charts(samples, jdks.get(jdks.size() - 1)).all();
    }

    void write(Path folder) throws IOException {
        Path picturesFolder = Files.createDirectories(folder.resolve(PICTURES));
        for (Map.Entry<String, String> picture : pictures.entrySet()) {
            Files.writeString(picturesFolder.resolve(picture.getKey()), picture.getValue());
        }
        Files.writeString(folder.resolve(FILE), text());
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
        section("Single parts", parts.table());
        for (String jdk : samples.jdks()) {
            section("All figures, " + name(jdk), new ReportTables(samples, jdk).figures());
        }
        section("The machine", facts());
        return text.toString();
    }

    private void targets() {
        List<String> jdks = samples.jdks();
        List<String> header = new ArrayList<>(List.of("work", "against", "wanted"));
        jdks.forEach(jdk -> header.add(name(jdk)));
        MarkdownTable table = new MarkdownTable(header);
        List<List<Target>> columns =
                jdks.stream().map(jdk -> new Targets(samples, jdk).all()).toList();
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
        StringBuilder shown = new StringBuilder("On " + name(jdks.get(jdks.size() - 1))
                + "; what C epoll has at the median, times the median of the ratios to it.\n\n");
        for (String file : pictures.keySet()) {
            shown.append(
                    String.format("![%s](%s/%s)%n", file.replace(".svg", "").replace('-', ' '), PICTURES, file));
        }
        return Optional.of(shown.toString());
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
