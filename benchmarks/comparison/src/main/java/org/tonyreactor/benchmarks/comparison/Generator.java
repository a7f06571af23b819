package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Starts the load generator.
 *
 * @param jar of it
 * @param pinning where it runs
 */
record Generator(Path jar, Pinning pinning) {
    static final String BEGINS = "measuring";
    static final String ENDS = "measured";

    /** Begins the last line of a run. */
    private static final String ERRORS = "errors=";

    /** What a run takes beside its warm-up and its window: connecting, and waiting for the last answers. */
    static final long BOUND_SECONDS = 60;

    /** One that makes the runs it is asked for, one after the other. */
    Child start(Work work, Path folder) throws IOException {
        return start(work, List.of(), folder);
    }

    /** One that makes connections and holds them until its input ends. */
    Child idle(Work work, int port, Path folder) throws IOException {
        return start(work, options(work, port, 0, 0), folder);
    }

    private Child start(Work work, List<String> options, Path folder) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Jdk.own().java().toString(), "-Xms256m", "-Xmx256m", "-jar", jar.toString()));
        command.addAll(options);
        return Child.start(pinning.generator(work, command), Map.of(), folder.resolve("load.log"));
    }

    /** Asks for a run. */
    static void ask(Child generator, Work work, int port, double warmupSeconds, double seconds) throws IOException {
        generator.say(String.join(" ", options(work, port, warmupSeconds, seconds)));
    }

    /** The figures of the run that was asked for, when all its bytes have come back right. */
    static Map<String, Double> answer(Child generator) throws InterruptedException {
        Map<String, Double> figures = figures(generator.awaitAll(line -> line.startsWith(ERRORS), BOUND_SECONDS));
        if (figures.getOrDefault("errors", 1.0) != 0) {
            throw new MeasuringFailure("not all came back right" + generator.said());
        }
        return figures;
    }

    private static List<String> options(Work work, int port, double warmupSeconds, double seconds) {
        return List.of(
                "--port",
                Integer.toString(port),
                "--work",
                kind(work),
                "--connections",
                Integer.toString(work.connections()),
                "--size",
                Integer.toString(work.sizeBytes()),
                "--depth",
                Integer.toString(work.depth()),
                "--rate",
                Integer.toString(Math.max(1, work.ratePerSecond())),
                "--warmup",
                Double.toString(warmupSeconds),
                "--seconds",
                Double.toString(seconds));
    }

    /** The figures in lines such as {@code rate=12345.6}. */
    static Map<String, Double> figures(List<String> lines) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                figures.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
            }
        }
        return figures;
    }

    private static String kind(Work work) {
        return switch (work.kind()) {
            case CHURN, RATE, IDLE -> work.kind().name().toLowerCase(Locale.ROOT);
            default -> "echo";
        };
    }
}
