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

    @Test
    void ratiosToCHaveOursFirst() throws Exception {
        String text = text();

        int ours = text.indexOf("| tonyreactor | 0.97 / 1.02 |");
        int netty = text.indexOf("| netty-nio | 0.80 / 1.20 |");
        assertTrue(ours > 0 && netty > ours, text);
    }

    @Test
    void peersThatWereNotMeasuredAreNamed() throws Exception {
        assertTrue(text().contains("; not measured: netty-epoll, mina, grizzly, vertx."), text());
    }

    @Test
    void bestPeerIsTheOneThatOursLooksWorstBeside() throws Exception {
        rounds.with("17", "mina", "echo-50", Metric.RATE, 194_000).with("17", "mina", "echo-50", Metric.CPU, 20);

        assertTrue(text().contains("| 64 B, 50 connections | 0.49 | mina | 0.85 | netty-nio |"), text());
    }

    @Test
    void meanIsOfServersThatHaveAllRows() throws Exception {
        assertTrue(text().contains("| netty-nio | 0.80 / 1.20 | – / – |"), text());

        for (Work work : Work.ROWS) {
            boolean churn = work.kind() == Work.Kind.CHURN;
            rounds.with("-", "c-epoll", work.name(), Metric.RATE, 100)
                    .with("17", "mina", work.name(), Metric.RATE, churn ? 200 : 50)
                    .with("-", "c-epoll", work.name(), Metric.CPU, 10)
                    .with("17", "mina", work.name(), Metric.CPU, 20);
        }

        double mean = Math.pow(Math.pow(0.5, Work.ROWS.size() - 1) * 2, 1.0 / Work.ROWS.size());
        assertTrue(text().contains(String.format(Locale.ROOT, "| 2.00 / 2.00 | %.2f / 2.00 |", mean)), text());
    }

    @Test
    void generatorThatPollsIsNotTakenForOneThatCannotDoMore() {
        rounds.with("17", "tonyreactor", "rate-200", Metric.GENERATOR_SHARE, 1)
                .with("17", "tonyreactor", "rate-200", Metric.SERVER_SHARE, 0.2);
        Report report = new Report(rounds.samples());

        assertTrue(report.isGeneratorSaturated("17", "tonyreactor", Work.named("echo-50")));
        assertFalse(report.isGeneratorSaturated("17", "tonyreactor", Work.named("rate-200")));
    }

    @Test
    void weightOfTheRunIsTold() throws Exception {
        rounds.with("17", "mina", "echo-50", Metric.FAILED, 1).lines().add("# form: short");

        assertTrue(text().contains("Of 3 measurements under load 1 were noisy, 1 of all failed."), text());
        assertTrue(text().contains("**Made by the short form:"), text());
    }

    @Test
    void againstAnotherCommitThereIsARowForEachFigureOfAWork() {
        FixedRounds both = new FixedRounds()
                .with("17", Servers.OURS, "echo-50", Metric.RATE, 110)
                .with("17", Servers.OTHER, "echo-50", Metric.RATE, 100)
                .with("17", Servers.OURS, "echo-50", Metric.CPU, 9)
                .with("17", Servers.OTHER, "echo-50", Metric.CPU, 10)
                .with("17", Servers.OTHER, "echo-50", Metric.NOISY, 1)
                .with("17", Servers.OURS, "start", Metric.MILLIS, 600, 900)
                .with("17", Servers.OTHER, "start", Metric.MILLIS, 800, 900);

        assertEquals("""
                This tree / the other commit, medians of ratios per round (lowest–highest).

                | JDK | work | figure | ratio |
                | --- | --- | --- | --- |
                | 17 | 64 B, 50 connections | rate | 1.10 |
                | 17 | 64 B, 50 connections | cpu.micros.per.message | 0.90 |
                | 17 | process start to first echo | millis | 0.88 (0.75–1.00) |

                Of 1 measurements under load 1 were noisy, 0 of all failed.
                """, new Report(both.samples()).against().stripLeading());
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
    void machineIsToldWithoutBreakingTheTable() throws Exception {
        assertTrue(text().contains("| processor | Test / 1 |"), text());
        assertFalse(text().contains("short form:"), text());
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
        new Report(rounds.samples()).write(folder.resolve("docs"));

        String text = Files.readString(folder.resolve("docs/performance.md"));
        assertFalse(text.contains("](performance/cpu.svg)"), "JDK 25 has no figure of it, but: " + text);

        rounds.with("25", "tonyreactor", "echo-50", Metric.CPU, 10);
        new Report(rounds.samples()).write(folder.resolve("docs"));

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
            file.line(sample.line());
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
        return new Report(rounds.samples()).text();
    }
}
