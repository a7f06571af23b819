package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The report of a run: {@code docs/performance/micro.csv}, which keeps the figures of other JDKs and of benchmarks that
 * were not run, and {@code docs/performance-micro.md}, made of that file.
 */
final class MicroReport {
    private static final double TIMES_FASTER = 1.3;
    private static final double PART_OF_BYTES = 0.75;

    private MicroReport() {}

    static void write(Path json, Path root) throws IOException {
        Path csv = root.resolve("docs/performance/micro.csv");
        List<MicroResult> known = Files.exists(csv) ? parse(Files.readAllLines(csv)) : List.of();
        List<MicroResult> all = merge(known, MicroResult.ofJson(Files.readString(json)));
        Files.createDirectories(csv.resolveSibling(""));
        Files.writeString(csv, MicroResult.HEADER + "\n" + lines(all.stream().map(MicroResult::toCsv)));
        Files.writeString(root.resolve("docs/performance-micro.md"), markdown(all, machine(root)));
    }

    static List<MicroResult> parse(List<String> csv) {
        return csv.stream().skip(1).map(MicroResult::ofCsv).toList();
    }

    /** What is fresh stands for what was known of the same. */
    static List<MicroResult> merge(List<MicroResult> known, List<MicroResult> fresh) {
        List<MicroResult> merged = new ArrayList<>(fresh);
        known.stream().filter(old -> fresh.stream().noneMatch(old::isSameAs)).forEach(merged::add);
        merged.sort((a, b) -> (a.name() + a.jdk()).compareTo(b.name() + b.jdk()));
        return merged;
    }

    static String markdown(List<MicroResult> results, String machine) {
        return """
                # Parts of the engine, measured one by one

                Made by `mvn -Pmicro -pl benchmarks/micro -am`; what each benchmark does is said in its class in
                `benchmarks/micro`. The score is the median of all iterations of all forks, the error half the distance
                between the quartiles; B/op is what an operation allocates.

                """
                + machine
                + """

                ## Timers against their targets

                Against the fastest of Netty's wheel, Netty's event loop and the JDK's executor; bytes against Netty's
                event loop.

                | what | JDK | ours | best other | ratio | target | |
                |---|---|---|---|---|---|---|
                """
                + lines(targets(results))
                + """

                ## All figures

                | benchmark | JDK | score | error | unit | B/op |
                |---|---|---|---|---|---|
                """
                + lines(results.stream().map(MicroResult::toMarkdown));
    }

    private static Stream<String> targets(List<MicroResult> results) {
        return results.stream()
                .filter(each -> each.name().startsWith("Timer") && each.name().contains(".wheel"))
                .map(ours -> target(ours, results));
    }

    private static String target(MicroResult ours, List<MicroResult> results) {
        boolean countsBytes = ours.unit().equals("B");
        Stream<String> others = countsBytes ? Stream.of("nettyLoop") : Stream.of("nettyLoop", "nettyWheel", "executor");
        // One that was not measured is NaN, and so is the best then: it might have been the best.
        double best = others.map(other -> find(results, ours.name().replace(".wheel", "." + other), ours.jdk()))
                .mapToDouble(found -> found.map(MicroResult::score).orElse(Double.NaN))
                .min()
                .orElse(Double.NaN);
        double ratio = countsBytes ? ours.score() / best : best / ours.score();
        boolean met = countsBytes ? ratio <= PART_OF_BYTES : ratio >= TIMES_FASTER;
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f %s | %.1f | %.2f | %s | %s |",
                ours.name(),
                ours.jdk(),
                ours.score(),
                ours.unit(),
                best,
                ratio,
                countsBytes ? "≤ " + PART_OF_BYTES : "≥ " + TIMES_FASTER,
                Double.isNaN(best) ? "not measured" : met ? "met" : "missed");
    }

    private static Optional<MicroResult> find(List<MicroResult> results, String name, String jdk) {
        return results.stream()
                .filter(each -> each.name().equals(name) && each.jdk().equals(jdk))
                .findFirst();
    }

    private static String machine(Path root) throws IOException {
        return String.format(
                "%s, %d processors, %s %s, %s, commit %s.%n",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                LocalDate.now(ZoneOffset.UTC),
                commit(root));
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }

    /** What git says; "unknown" where there is none. */
    private static String commit(Path root) {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return git.waitFor() == 0 ? said : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    private static String lines(Stream<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
