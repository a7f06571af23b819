package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** How works of a kind are measured. */
interface Measurement {
    /**
     * Starts the server, measures it once, and ends it.
     *
     * @param folder an empty one for whatever is written meanwhile
     * @return figures by the names of {@link Metric}
     * @throws MeasuringFailure when the server or the load generator failed
     */
    Map<String, Double> measure(Contestant contestant, Jdk jdk, Work work, Path folder)
            throws IOException, InterruptedException;
}
