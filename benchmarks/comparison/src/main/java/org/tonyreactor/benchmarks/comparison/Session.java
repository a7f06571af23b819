package org.tonyreactor.benchmarks.comparison;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tonyreactor.benchmarks.comparison.Candidate.OnJdk;
import org.tonyreactor.benchmarks.harness.Folder;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;

/** The measurements of one work while its servers run. Closing it ends all that it has started. */
interface Session extends Closeable {
    /** Begins the session of a work; the caller closes it. */
    static Session of(Work work, Generator generator, Options options) throws IOException {
        return switch (work.kind()) {
            case ECHO, SWEEP, ENDPOINTS, CHURN, RATE ->
                new LoadSession(generator, work, options.warmupSeconds, options.seconds);
            case IDLE -> once((server, folder) -> new IdleMemory(generator).measure(server, work, folder));
            case CALLS -> once((server, folder) -> new SystemCalls(generator).measure(server, work, folder));
            case START -> once((server, folder) -> FirstEcho.ofStart(server, work, folder));
            case DEPLOY -> once((server, folder) -> FirstEcho.ofDeploy(server, work, folder));
            case SHELL -> once((server, folder) -> FirstEcho.ofShell(server, work, folder));
        };
    }

    /** Gets a server ready, before the first one is measured; one that fails is tried again when it is measured. */
    default void prepare(OnJdk server) throws IOException, InterruptedException {}

    /**
     * Measures a server once.
     *
     * @return figures by the names of {@link Metric}
     * @throws MeasuringFailure when the server or the load generator failed
     */
    Map<String, Double> measure(OnJdk server) throws IOException, InterruptedException;

    @Override
    default void close() throws IOException {}

    private static Session once(Measurement measurement) {
        return server -> {
            Path folder = Files.createTempDirectory("comparison");
            try {
                return measurement.measure(server, folder);
            } finally {
                Folder.delete(folder);
            }
        };
    }

    /** Starts a server, measures it once, and ends it. */
    interface Measurement {
        Map<String, Double> measure(OnJdk server, Path folder) throws IOException, InterruptedException;
    }
}
