package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.harness.ChildProcess;

/** Starts the load generator for a work, and speaks with it. */
record Generator(Path jar, Work work) {
    static final String BEGINS = "measuring";
    static final String ENDS = "measured";

    /** Begins the last line of a run. */
    private static final String ERRORS = "errors=";

    /** What a run takes beside its warm-up and its window: connecting, and waiting for the last answers. */
    static final long BOUND_SECONDS = 60;

    /** One that makes the run of these options, or, without any, those that it is asked for. */
    ChildProcess start(Path folder, String... options) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(Jdk.own().java().toString(), "-Xms256m", "-Xmx256m", "-jar", jar.toString()),
                        Stream.of(options))
                .toList();
        return ChildProcess.start(Pinning.GENERATOR.pin(work, command), Map.of(), folder.resolve("load.log"));
    }

    String options(int port, double warmupSeconds, double seconds) {
        return String.format(
                Locale.ROOT,
                "--port %d --work %s --connections %d --size %d --depth %d --rate %d --warmup %s --seconds %s",
                port,
                work.kind(),
                work.connections(),
                work.sizeBytes(),
                work.depth(),
                Work.RATE_PER_SECOND,
                warmupSeconds,
                seconds);
    }

    /** The figures of the run that was asked for, when all its bytes have come back right. */
    static Map<String, Double> answer(ChildProcess generator) throws InterruptedException {
        Map<String, Double> figures = figures(generator.awaitAll(line -> line.startsWith(ERRORS), BOUND_SECONDS));
        if (figures.getOrDefault("errors", 1.0) != 0) {
            throw generator.failure("not all came back right");
        }
        return figures;
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
