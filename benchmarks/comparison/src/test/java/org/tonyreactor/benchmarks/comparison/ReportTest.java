package org.tonyreactor.benchmarks.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tonyreactor.benchmarks.harness.Spread;
import org.xml.sax.InputSource;

final class ReportTest {
    private final FixedRounds rounds = new FixedRounds()
            .with("17", "netty-nio", "echo-50", Metric.RATE, 80_000)
            .with("17", "netty-nio", "echo-50", Metric.CPU, 12)
            .with("17", "tonyreactor", "echo-50", Metric.RATE, 95_000, 97_000, 99_000)
            .with("17", "tonyreactor", "echo-50", Metric.CPU, 10.2, 10.1, 10.3)
            .with("17", "tonyreactor", "echo-50", Metric.NOISY, 0, 1, 0)
            .with("17", "tonyreactor", "echo-50", Metric.SERVER_SHARE, 0.9, 0.9, 0.9)
            .with("17", "tonyreactor", "echo-50", Metric.GENERATOR_SHARE, 1, 1, 1)
            .with("25", "tonyreactor", "echo-50", Metric.RATE, 101_000, 102_000, 103_000)
            .with("-", "c-epoll", "echo-50", Metric.RATE, 100_000, 100_000, 100_000)
            .with("-", "c-epoll", "echo-50", Metric.CPU, 10, 10, 10);

    @TempDir
    Path folder;

    private Parts parts = new Parts(List.of());

    @Test
    void targetsStandBesideWhatWasMeasuredOnEachJdk() throws Exception {
        String text = text();

        assertTrue(text.contains("| work | against | wanted | JDK 17 | JDK 25 |"), text);
        assertTrue(
                text.contains("| 64 B, 50 connections | throughput, C epoll | ≥ 0.95 | 0.97 (0.95–0.99) met |"
                        + " 1.02 (1.01–1.03) met |"),
                text);
    }

    @Test
    void ratiosHaveOursFirst() throws Exception {
        String text = text();

        int ours = text.indexOf("| tonyreactor | 0.97 / 1.02 |");
        int netty = text.indexOf("| netty-nio | 0.80 / 1.20 |");
        assertTrue(ours > 0 && netty > ours, text);
    }

    @Test
    void peersThatWereNotMeasuredAreNamed() throws Exception {
        String text = text();

        assertTrue(text.contains("The best of netty-nio; not measured: netty-epoll, mina, grizzly, vertx."), text);
    }

    @Test
    void meansAreOfServersThatHaveAllRows() throws Exception {
        assertFalse(text().contains("## Against each of them"), text());

        for (String work : Targets.ROWS) {
            boolean churn = work.equals("churn-50");
            rounds.with("17", "tonyreactor", work, Metric.RATE, 100)
                    .with("17", "mina", work, Metric.RATE, churn ? 200 : 50)
                    .with("17", "tonyreactor", work, Metric.CPU, 10)
                    .with("17", "mina", work, Metric.CPU, 20);
        }

        double mean = Math.pow(Math.pow(2, Targets.ROWS.size() - 1) * 0.5, 1.0 / Targets.ROWS.size());
        String row = String.format(Locale.ROOT, "| mina | %.2f | 0.50 |", mean);
        assertTrue(text().contains(row), text());
        assertFalse(text().contains("| tonyreactor | 1.00 | 1.00 |"), text());
    }

    @Test
    void roundsThatAreNoisyAndGeneratorsThatCannotDoMoreAreMarked() throws Exception {
        assertTrue(
                text().contains(
                                "| 64 B, 50 connections | tonyreactor | 97,000 (95,000–99,000) † | 10.20 (10.10–10.30) |"
                                        + " 0.90 (0.90–0.90) | 1.00 (1.00–1.00) | – | – | 3, 1 noisy |"),
                text());
    }

    @Test
    void generatorThatPollsIsNotTakenForOneThatCannotDoMore() {
        rounds.with("17", "tonyreactor", "rate-200", Metric.GENERATOR_SHARE, 1)
                .with("17", "tonyreactor", "rate-200", Metric.SERVER_SHARE, 0.2);
        ReportTables tables = new ReportTables(rounds.samples(), "17");

        assertTrue(tables.isGeneratorSaturated("tonyreactor", Work.named("echo-50")));
        assertFalse(tables.isGeneratorSaturated("tonyreactor", Work.named("rate-200")));
    }

    @Test
    void machineIsToldWithoutBreakingTheTable() throws Exception {
        assertTrue(text().contains("| processor | Test / 1 |"), text());
        assertFalse(text().contains("short form:"), text());
    }

    @Test
    void weightOfTheRunIsToldAboveTheTargets() throws Exception {
        rounds.with("17", "mina", "echo-50", Metric.FAILED, 1).lines().add("# form: short");

        assertTrue(text().contains("Of 3 measurements under load 1 were noisy, 1 of all failed."), text());
        assertTrue(text().contains("**Made by the short form:"), text());
    }

    @Test
    void partsMeasuredElsewhereAreTakenInWhenTheyAreThere() throws Exception {
        assertTrue(
                text().contains("Not measured; `mvn -Dquick -Pmicro -pl benchmarks/micro -am` measures them."), text());

        Files.writeString(folder.resolve("jmh.json"), """
                [{"benchmark": "org.tonyreactor.internal.engine.loop.TimerBytesBenchmark.wheel", "jdkVersion": "17.0.1",
                  "params": {"pending": "0"},
                  "primaryMetric": {"score": 25.04, "scoreError": "NaN", "scoreUnit": "ns/op"},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 48.0},
                                       "bytesEach": {"score": 49.0, "scoreError": 0.5, "scoreUnit": "#"}}}]
                """);
        parts = Parts.read(List.of(folder.resolve("jmh.json")));

        assertTrue(text().contains("| TimerBytes.wheel pending=0 | 17.0.1 | 25.0 | – | ns/op | 48.0 |"), text());
        assertTrue(text().contains("| TimerBytes.wheel pending=0 bytesEach | 17.0.1 | 49.0 | 0.5 | # |  |"), text());
        assertFalse(text().contains("Not measured;"), text());
    }

    @Test
    void pictureShowsRatiosAndNotHowFastTheMachineWas() {
        // In one of the rounds ours had the machine when it was fast.
        FixedRounds moody = new FixedRounds()
                .with("17", "tonyreactor", "echo-50", Metric.CPU, 6, 6, 9)
                .with("-", "c-epoll", "echo-50", Metric.CPU, 6, 9, 9);

        assertEquals(9, moody.samples().level("17", "tonyreactor", "echo-50", Metric.CPU));
    }

    @Test
    void picturesAreWrittenBesideTheText() throws Exception {
        new Report(rounds.samples(), parts).write(folder.resolve("docs"));

        String text = Files.readString(folder.resolve("docs/performance.md"));
        assertFalse(text.contains("](performance/cpu.svg)"), "JDK 25 has no figure of it, but: " + text);

        rounds.with("25", "tonyreactor", "echo-50", Metric.CPU, 10);
        new Report(rounds.samples(), parts).write(folder.resolve("docs"));

        assertTrue(Files.readString(folder.resolve("docs/performance.md")).contains("](performance/cpu.svg)"));
        String picture = Files.readString(folder.resolve("docs/performance/cpu.svg"));
        assertEquals(
                "svg",
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(picture)))
                        .getDocumentElement()
                        .getTagName());
    }

    @Test
    void fileThatWasWrittenIsReadAsItWas() throws Exception {
        Path csv = folder.resolve("rounds.csv");
        Samples.Sample sample = new Samples.Sample(2, "17", "nio", "echo-50", Metric.RATE, 1.0 / 3);
        try (Samples.File file = new Samples.File(csv, Map.of("kernel", "Linux: 6"))) {
            file.add(sample);
            file.fact("notice", "one\ntwo");
            file.fact("notice", "three");
        }

        Samples samples = Samples.read(csv);

        assertEquals(List.of(sample), samples.all());
        assertEquals(Map.of("kernel", "Linux: 6", "notice", "one two; three"), samples.facts());
    }

    @Test
    void ratioIsTakenWithinARoundAndNotOfMedians() {
        // The third round was slow for both; the fourth has only one of them.
        var ours = new TreeMap<>(Map.of(1, 110.0, 2, 90.0, 3, 10.0, 4, 500.0));
        var reference = new TreeMap<>(Map.of(1, 100.0, 2, 100.0, 3, 5.0));

        assertEquals(
                new Spread(1.1, 0.9, 2.0, 3),
                Spread.of(Samples.quotients(ours, reference).values()));
    }

    private String text() throws Exception {
        return new Report(rounds.samples(), parts).text();
    }
}
