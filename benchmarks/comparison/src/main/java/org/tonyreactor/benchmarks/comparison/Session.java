package org.tonyreactor.benchmarks.comparison;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.tonyreactor.benchmarks.harness.Folder;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;

/** The measurements of one work while its servers run. Closing it ends all that it has started. */
interface Session extends Closeable {
    double NANOS_PER_MILLI = 1e6;

    /** Begins the session of a work; the caller closes it. */
    static Session of(Work work, Path loadGenerator, Options options) throws IOException {
        return switch (work.kind()) {
            case ECHO, CHURN, RATE ->
                new LoadSession(new Generator(loadGenerator, work), options.warmupSeconds, options.seconds);
            case IDLE -> new IdleMemory(loadGenerator, work);
            case START -> candidate -> firstEcho(candidate, work);
        };
    }

    /** Gets a server ready, before the first one is measured; one that fails is tried again when it is measured. */
    default void prepare(Candidate server) throws IOException, InterruptedException {}

    /**
     * Measures a server once; the figures by the names of {@link Metric}.
     *
     * @throws MeasuringFailure when the server or the load generator failed
     */
    Map<String, Double> measure(Candidate server) throws IOException, InterruptedException;

    @Override
    default void close() throws IOException {}

    /** From the start of the process; unpacking and configuring come before it. */
    private static Map<String, Double> firstEcho(Candidate candidate, Work work)
            throws IOException, InterruptedException {
        try (Folder folder = Folder.make();
                Server server = candidate.start(work, folder.path())) {
            server.echo();
            return Map.of(Metric.MILLIS, (System.nanoTime() - server.process().startedNanos()) / NANOS_PER_MILLI);
        }
    }
}
