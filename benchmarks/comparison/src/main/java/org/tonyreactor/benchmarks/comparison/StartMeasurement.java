package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * From the start of the process to its first echo. Unpacking and configuring come before it, and for this project's server
 * the command that keeps its classes, so it is its second start.
 */
final class StartMeasurement implements Measurement {
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public Map<String, Double> measure(Contestant contestant, Jdk jdk, Work work, Path folder)
            throws IOException, InterruptedException {
        try (Server server = start(contestant, jdk, work, folder)) {
            server.echo();
            return Map.of(Metric.MILLIS, (System.nanoTime() - server.child().startedNanos()) / NANOS_PER_MILLI);
        }
    }

    private static Server start(Contestant contestant, Jdk jdk, Work work, Path folder)
            throws IOException, InterruptedException {
        if (!(contestant instanceof Distribution ours)) {
            return contestant.start(jdk, work, folder);
        }
        Path home = ours.unpack(folder);
        ours.configure(home, work.workers(), List.of(0));
        ours.keepClasses(jdk, home, folder);
        return ours.start(jdk, work, home, folder);
    }
}
