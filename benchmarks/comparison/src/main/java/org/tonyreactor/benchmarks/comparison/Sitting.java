package org.tonyreactor.benchmarks.comparison;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** The measurements of one work while its servers run. Closing it ends all that it has started. */
interface Sitting extends Closeable {
    /**
     * Gets a server ready, before the first one is measured.
     *
     * @throws MeasuringFailure when the server or the load generator failed; the server is tried again when it is measured
     */
    default void prepare(Entrant entrant) throws IOException, InterruptedException {}

    /**
     * Measures a server once.
     *
     * @return figures by the names of {@link Metric}
     * @throws MeasuringFailure when the server or the load generator failed
     */
    Map<String, Double> measure(Entrant entrant) throws IOException, InterruptedException;

    @Override
    default void close() throws IOException {}
}
