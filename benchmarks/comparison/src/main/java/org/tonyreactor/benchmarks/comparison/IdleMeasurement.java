package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory of connections that do nothing. A hundred of them come and go first, so that what is loaded for the first one is
 * not counted. Resident memory is read before the garbage of the new ones is collected, the live heap after it.
 */
final class IdleMeasurement implements Measurement {
    private static final int FIRST_CONNECTIONS = 100;
    private static final long BOUND_SECONDS = 60;

    private final Generator generator;

    IdleMeasurement(Generator generator) {
        this.generator = generator;
    }

    @Override
    public Map<String, Double> measure(Contestant contestant, Jdk jdk, Work work, Path folder)
            throws IOException, InterruptedException {
        boolean heap = contestant.runsOnJava() && Files.isExecutable(jdk.jcmd());
        try (Server server = contestant.start(jdk, work, folder)) {
            try (Child first = hold(work.of(FIRST_CONNECTIONS), server, folder)) {
                first.endInput();
                first.finish(BOUND_SECONDS);
            }
            double heapBefore = heap ? liveHeapBytes(jdk, server, folder) : 0;
            double residentBefore = ProcFile.residentBytes(server.pid());
            try (Child idle = hold(work, server, folder)) {
                double resident = ProcFile.residentBytes(server.pid());
                Map<String, Double> figures = new LinkedHashMap<>();
                figures.put(Metric.RSS, (resident - residentBefore) / work.connections());
                if (heap) {
                    figures.put(Metric.HEAP, (liveHeapBytes(jdk, server, folder) - heapBefore) / work.connections());
                }
                idle.endInput();
                idle.finish(BOUND_SECONDS);
                return figures;
            }
        }
    }

    private Child hold(Work work, Server server, Path folder) throws IOException, InterruptedException {
        Child child = generator.idle(work, server.port(), folder);
        try {
            child.await(line -> line.equals("idle " + work.connections()), BOUND_SECONDS);
            return child;
        } catch (RuntimeException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    /** Everything that is reachable: the JVM collects all garbage before it counts. */
    private static double liveHeapBytes(Jdk jdk, Server server, Path folder) throws IOException, InterruptedException {
        return liveHeapBytes(Child.run(
                List.of(jdk.jcmd().toString(), Long.toString(server.pid()), "GC.class_histogram"),
                folder.resolve("jcmd.log"),
                BOUND_SECONDS));
    }

    /** From the last line, such as {@code Total 12345 678900}. */
    static double liveHeapBytes(List<String> histogram) {
        return histogram.stream()
                .filter(line -> line.startsWith("Total"))
                .map(line -> line.trim().split("\\s+", -1)[2])
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new MeasuringFailure("no histogram of the heap but: " + histogram));
    }
}
