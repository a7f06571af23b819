package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** From the start of the process to its first echo. Unpacking and configuring come before it. */
final class StartMeasurement implements Measurement {
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public Map<String, Double> measure(Contestant contestant, Jdk jdk, Work work, Path folder)
            throws IOException, InterruptedException {
        try (Server server = contestant.start(jdk, work, folder)) {
            server.echo();
            return Map.of(Metric.MILLIS, (System.nanoTime() - server.child().startedNanos()) / NANOS_PER_MILLI);
        }
    }
}
