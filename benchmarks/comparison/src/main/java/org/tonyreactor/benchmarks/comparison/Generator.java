package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
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

    /** What a run takes beside its warm-up and its window: connecting, and waiting for the last answers. */
    static final long BOUND_SECONDS = 60;

    Child start(Work work, int port, double warmupSeconds, double seconds, Path folder) throws IOException {
        List<String> command = List.of(
                Jdk.own().java().toString(),
                "-Xms256m",
                "-Xmx256m",
                "-jar",
                jar.toString(),
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
        return Child.start(pinning.generator(work, command), Map.of(), folder.resolve("load.log"));
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
