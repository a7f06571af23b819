package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes {@code rounds.csv} while it is measured, so that a run that was broken off has left what it had. */
final class RoundsFile implements AutoCloseable {
    private final Writer out;

    RoundsFile(Path csv, Map<String, String> facts) throws IOException {
        Files.createDirectories(csv.toAbsolutePath().getParent());
        out = Files.newBufferedWriter(csv);
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            fact(fact.getKey(), fact.getValue());
        }
        line(Sample.HEADER);
    }

    void fact(String name, String value) throws IOException {
        line(Samples.factLine(name, value));
    }

    void add(Sample sample) throws IOException {
        line(sample.line());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void line(String text) throws IOException {
        out.write(text + "\n");
        out.flush();
    }
}
