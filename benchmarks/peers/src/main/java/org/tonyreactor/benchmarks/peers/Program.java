package org.tonyreactor.benchmarks.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tonyreactor.benchmarks.harness.ChildProcess;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;

/** What can be started with a port and a number of workers. */
interface Program {
    String label();

    List<String> command(Path java, String... arguments);

    /** Why it cannot run here, if it cannot. */
    Optional<String> unavailable();

    /** The jar, or the folder of classes: beside it are the libraries of the peers in Java, and those in C are built there. */
    static Path code() {
        try {
            return Path.of(Program.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where a command is on the search path. */
    static Optional<Path> onPath(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What is wrong with a process that has to end well without input: a compiler, or a peer. */
    static Optional<String> trial(List<String> command) {
        final long boundSeconds = 30;
        try {
            Path said = Files.createTempFile("peer", ".log");
            try (ChildProcess child = ChildProcess.start(command, Map.of(), said)) {
                child.endInput();
                child.finish(boundSeconds);
                return Optional.empty();
            } catch (MeasuringFailure e) {
                return Optional.of(String.valueOf(e.getMessage()));
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
}
