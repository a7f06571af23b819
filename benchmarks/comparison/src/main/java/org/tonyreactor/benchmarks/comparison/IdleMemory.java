package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tonyreactor.benchmarks.harness.ChildProcess;
import org.tonyreactor.benchmarks.harness.Folder;
import org.tonyreactor.benchmarks.harness.Kernel;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;

/**
 * Memory of connections that do nothing. A hundred of them come and go first, so that what is loaded for the first one is
 * not counted, and the server is at rest before: what it loads and compiles by itself after a start is no connection's.
 * Resident memory is read before the garbage of the new ones is collected, the live heap after it.
 */
record IdleMemory(Path loadGenerator, Work work) implements Session {
    private static final int FIRST_CONNECTIONS = 100;
    private static final long BOUND_SECONDS = 60;

    /** How long a server has to do as good as nothing, to be at rest. */
    private static final int REST_SECONDS = 2;
    /** The part of a processor that is as good as nothing. */
    private static final double REST_SHARE = 0.02;

    @Override
    public Map<String, Double> measure(Candidate candidate) throws IOException, InterruptedException {
        Optional<Path> jcmd = candidate.jdk().map(Jdk::jcmd).filter(Files::isExecutable);
        try (Folder folder = Folder.make();
                Server server = candidate.start(work, folder.path())) {
            try (ChildProcess first = hold(work.of(FIRST_CONNECTIONS), server, folder)) {
                release(first);
            }
            awaitRest(server);
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

    /** Waits until the server works at nothing by itself, for a bounded time. */
    private static void awaitRest(Server server) throws IOException, InterruptedException {
        double busy = 1;
        for (int waited = 0; busy > REST_SHARE && waited < BOUND_SECONDS; waited += REST_SECONDS) {
            Kernel.ThreadTimes before = Kernel.ThreadTimes.of(server.pid());
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            busy = Kernel.ThreadTimes.of(server.pid()).secondsSince(before) / REST_SECONDS;
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
