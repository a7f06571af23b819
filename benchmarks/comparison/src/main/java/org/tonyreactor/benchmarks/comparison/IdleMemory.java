package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tonyreactor.benchmarks.comparison.Candidate.OnJdk;
import org.tonyreactor.benchmarks.harness.ChildProcess;
import org.tonyreactor.benchmarks.harness.Kernel;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;

/**
 * Memory of connections that do nothing. A hundred of them come and go first, so that what is loaded for the first one is
 * not counted. Resident memory is read before the garbage of the new ones is collected, the live heap after it.
 */
record IdleMemory(Generator generator) {
    private static final int FIRST_CONNECTIONS = 100;
    private static final long BOUND_SECONDS = 60;

    Map<String, Double> measure(OnJdk candidate, Work work, Path folder) throws IOException, InterruptedException {
        Jdk jdk = candidate.jdk();
        boolean heap = candidate.candidate().runsOnJava() && Files.isExecutable(jdk.jcmd());
        try (Server server = candidate.start(work, folder)) {
            try (ChildProcess first = generator.idle(work.of(FIRST_CONNECTIONS), server.port(), folder)) {
                first.endInput();
                first.finish(BOUND_SECONDS);
            }
            double heapBefore = heap ? liveHeapBytes(jdk, server, folder) : 0;
            double residentBefore = Kernel.residentBytes(server.pid());
            try (ChildProcess idle = generator.idle(work, server.port(), folder)) {
                double resident = Kernel.residentBytes(server.pid());
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

    /** Everything that is reachable: the JVM collects all garbage before it counts. */
    private static double liveHeapBytes(Jdk jdk, Server server, Path folder) throws IOException, InterruptedException {
        List<String> command = List.of(jdk.jcmd().toString(), Long.toString(server.pid()), "GC.class_histogram");
        return liveHeapBytes(ChildProcess.run(command, folder.resolve("jcmd.log"), BOUND_SECONDS));
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
