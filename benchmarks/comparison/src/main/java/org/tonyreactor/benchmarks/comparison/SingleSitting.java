package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A server is started for each measurement and ended with it.
 *
 * @param measurement how
 * @param work of what
 */
record SingleSitting(Measurement measurement, Work work) implements Sitting {
    @Override
    public Map<String, Double> measure(Entrant entrant) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("comparison");
        try {
            return measurement.measure(entrant.contestant(), entrant.jdk(), work, folder);
        } finally {
            Folder.delete(folder);
        }
    }
}
