package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.harness.ChildProcess;

/** Starts the load generator. */
record Generator(Path jar, Pinning pinning) {
    static final String BEGINS = "measuring";
    static final String ENDS = "measured";

    /** Begins the last line of a run. */
    private static final String ERRORS = "errors=";

    /** What a run takes beside its warm-up and its window: connecting, and waiting for the last answers. */
    static final long BOUND_SECONDS = 60;

    /** One that makes the runs it is asked for, one after the other. */
    ChildProcess start(Work work, Path folder) throws IOException {
        return ChildProcess.start(command(work), Map.of(), folder.resolve("load.log"));
    }

    /** One that has made connections and holds them until its input ends. */
    ChildProcess idle(Work work, int port, Path folder) throws IOException, InterruptedException {
        return ChildProcess.startServer(
                command(work, options(work, port, 0, 0).split(" ", -1)),
                Map.of(),
                folder.resolve("load.log"),
                line -> line.equals("idle " + work.connections()),
                BOUND_SECONDS);
    }

    private List<String> command(Work work, String... options) {
        return pinning.generator(
                work,
                Stream.concat(
                                Stream.of(Jdk.own().java().toString(), "-Xms256m", "-Xmx256m", "-jar", jar.toString()),
                                Stream.of(options))
                        .toList());
    }

    /** Asks for a run. */
    static void ask(ChildProcess generator, Work work, int port, double warmupSeconds, double seconds)
            throws IOException {
        generator.type(options(work, port, warmupSeconds, seconds) + "\n");
    }

    /** The figures of the run that was asked for, when all its bytes have come back right. */
    static Map<String, Double> answer(ChildProcess generator) throws InterruptedException {
        Map<String, Double> figures = figures(generator.awaitAll(line -> line.startsWith(ERRORS), BOUND_SECONDS));
        if (figures.getOrDefault("errors", 1.0) != 0) {
            throw generator.failure("not all came back right");
        }
        return figures;
    }

    private static String options(Work work, int port, double warmupSeconds, double seconds) {
        String kind = switch (work.kind()) {
            case CHURN, RATE, IDLE -> work.kind().name().toLowerCase(Locale.ROOT);
            default -> "echo";
        };
        return String.format(
                Locale.ROOT,
                "--port %d --work %s --connections %d --size %d --depth %d --rate %d --warmup %s --seconds %s",
                port,
                kind,
                work.connections(),
                work.sizeBytes(),
                work.depth(),
                Work.RATE_PER_SECOND,
                warmupSeconds,
                seconds);
    }

    /** The figures in lines such as {@code rate=12345.6}. */
    static Map<String, Double> figures(List<String> lines) {
        Map<String, Double> figures = new LinkedHashMap<>();
        lines.stream()
                .map(line -> line.split("=", 2))
                .filter(line -> line.length == 2)
                .forEach(line -> figures.put(line[0], Double.valueOf(line[1])));
        return figures;
    }
}
