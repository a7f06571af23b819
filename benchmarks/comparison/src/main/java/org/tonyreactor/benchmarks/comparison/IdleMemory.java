package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tonyreactor.benchmarks.harness.ChildProcess;
import org.tonyreactor.benchmarks.harness.Folder;
import org.tonyreactor.benchmarks.harness.Kernel;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;

/**
 * Memory of connections that do nothing. A hundred of them come and go first, so that what is loaded for the first one is
 * not counted. Resident memory is read before the garbage of the new ones is collected, the live heap after it.
 */
record IdleMemory(Path loadGenerator, Work work) implements Session {
    private static final int FIRST_CONNECTIONS = 100;
    private static final long BOUND_SECONDS = 60;

    @Override
    public Map<String, Double> measure(Candidate candidate) throws IOException, InterruptedException {
        Optional<Path> jcmd = candidate.jdk().map(Jdk::jcmd).filter(Files::isExecutable);
        try (Folder folder = Folder.make();
                Server server = candidate.start(work, folder.path())) {
            try (ChildProcess first = hold(work.of(FIRST_CONNECTIONS), server, folder)) {
                release(first);
            }
            double heapBefore = jcmd.isPresent() ? liveHeapBytes(jcmd.get(), server, folder) : 0;
            double residentBefore = Kernel.residentBytes(server.pid());
            try (ChildProcess idle = hold(work, server, folder)) {
                Map<String, Double> figures = new LinkedHashMap<>();
                double resident = Kernel.residentBytes(server.pid());
                figures.put(Metric.RSS, (resident - residentBefore) / work.connections());
                if (jcmd.isPresent()) {
                    double heap = liveHeapBytes(jcmd.get(), server, folder);
                    figures.put(Metric.HEAP, (heap - heapBefore) / work.connections());
                }
                release(idle);
                return figures;
            }
        }
    }

    /** Makes connections, which are held until they are released. */
    private ChildProcess hold(Work connections, Server server, Folder folder) throws IOException, InterruptedException {
        Generator generator = new Generator(loadGenerator, connections);
        ChildProcess idle = generator.start(
                folder.path(), generator.options(server.port(), 0, 0).split(" ", -1));
        idle.awaitReady(line -> line.equals("idle " + connections.connections()), BOUND_SECONDS);
        return idle;
    }

    private static void release(ChildProcess idle) throws IOException, InterruptedException {
        idle.endInput();
        idle.finish(BOUND_SECONDS);
    }

    /** Everything that is reachable: the JVM collects all garbage before it counts. */
    private static double liveHeapBytes(Path jcmd, Server server, Folder folder)
            throws IOException, InterruptedException {
        List<String> command = List.of(jcmd.toString(), Long.toString(server.pid()), "GC.class_histogram");
        return liveHeapBytes(ChildProcess.run(command, Map.of(), folder.path().resolve("jcmd.log"), BOUND_SECONDS));
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
