package org.tonyreactor.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that is given no input and has to end well: a compiler, or a peer that finds its input ended at once. */
final class Trial {
    private static final long BOUND_SECONDS = 30;

    private Trial() {}

    /** The first line it said, when it did not end with 0. */
    static Optional<String> failure(List<String> command) {
        try {
            Path said = Files.createTempFile("peer", ".log");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return Optional.of("it does not end within " + BOUND_SECONDS + " s");
                }
                if (process.exitValue() == 0) {
                    return Optional.empty();
                }
                String first = Files.readString(said, Charset.defaultCharset())
                        .lines()
                        .findFirst()
                        .orElse("");
                return Optional.of("it ended with " + process.exitValue() + ": " + first);
            } finally {
                Files.deleteIfExists(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
