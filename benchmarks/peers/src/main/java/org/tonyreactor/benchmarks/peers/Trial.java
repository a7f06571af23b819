package org.tonyreactor.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What came of a process that was given no input and had to end well: a compiler, or a peer that finds its input ended.
 *
 * @param problem one line, when it did not end with 0
 */
record Trial(Optional<String> problem) {
    private static final long BOUND_SECONDS = 30;

    static Trial of(List<String> command) {
        try {
            Path said = Files.createTempFile("peer", ".log");
            try {
                return new Trial(problem(command, said));
            } finally {
                Files.deleteIfExists(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while trying " + command.get(0), e);
        }
    }

    private static Optional<String> problem(List<String> command, Path said) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
                return Optional.of("it does not end within " + BOUND_SECONDS + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() == 0) {
            return Optional.empty();
        }
        String words = Files.readString(said, Charset.defaultCharset()).strip();
        return Optional.of("it ended with " + process.exitValue() + ": "
                + words.lines().findFirst().orElse("no word"));
    }
}
