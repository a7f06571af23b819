package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The report of a run: {@code docs/performance/micro.csv}, which keeps the figures of other JDKs and of benchmarks that
 * were not run, and, made of that file, {@code docs/performance/micro-verdicts.csv} for who has targets to judge and
 * {@code docs/performance-micro.md} for people.
 */
final class MicroReport {
    private MicroReport() {}

    static void write(Path json, Path root) throws IOException {
        Path csv = root.resolve("docs/performance/micro.csv");
        List<MicroResult> known = Files.exists(csv) ? parse(Files.readAllLines(csv)) : List.of();
        String fresh = Files.readString(json);
        List<MicroResult> all = merge(known, MicroResult.ofJson(fresh));
        Files.createDirectories(csv.resolveSibling(""));
        Files.writeString(csv, MicroResult.HEADER + "\n" + lines(all.stream().map(MicroResult::toCsv)));
        Files.writeString(csv.resolveSibling("micro-verdicts.csv"), verdicts(all));
        Files.writeString(
                root.resolve("docs/performance-micro.md"), markdown(all, machine(root) + MicroResult.extent(fresh)));
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

    static String verdicts(List<MicroResult> results) {
        return MicroVerdict.HEADER + "\n" + lines(MicroVerdict.of(results).map(MicroVerdict::toCsv));
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
                event loop. A timer is added and cancelled in the same turn of the loop (InTurn), or a turn passes between
                the two, in which a loop may sort in what was added (NextTurn); it is added and fires (TimerFire).

                | what | JDK | ours | best other | ratio | target | |
                |---|---|---|---|---|---|---|
                """
                + lines(MicroVerdict.of(results).map(MicroVerdict::toMarkdown))
                + """

                ## All figures

                | benchmark | JDK | score | error | unit | B/op |
                |---|---|---|---|---|---|
                """
                + lines(results.stream().map(MicroResult::toMarkdown));
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
