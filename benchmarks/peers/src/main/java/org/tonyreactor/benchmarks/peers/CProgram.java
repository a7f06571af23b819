package org.tonyreactor.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A C source of this jar, built by the system's compiler the first time it is asked for, and once a process. */
final class CProgram implements Program {
    /** What the sources include. */
    private static final String HEADER = "c-server.h";

    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");

    private final String label;
    private @Nullable Built built;

    CProgram(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public List<String> command(Path java, String... arguments) {
        Built program = build();
        program.problem().ifPresent(problem -> {
            throw new IllegalStateException(label + ": " + problem);
        });
        List<String> command = new ArrayList<>(List.of(program.binary().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public Optional<String> unavailable() {
        return build().problem();
    }

    private synchronized Built build() {
        if (built == null) {
            try {
                built = compile();
            } catch (IOException e) {
                throw new UncheckedIOException(label + " cannot be built", e);
            }
        }
        return built;
    }

    private Built compile() throws IOException {
        Path directory = Files.createDirectories(Program.code().resolveSibling("c"));
        Path binary = directory.resolve(label);
        Optional<String> compiler = COMPILERS.stream()
                .filter(name -> Program.onPath(name).isPresent())
                .findFirst();
        if (compiler.isEmpty()) {
            return new Built(
                    binary, Optional.of("no C compiler (" + String.join(", ", COMPILERS) + ") is on the path"));
        }
        Path sources = Files.createTempDirectory(directory, label);
        // Beside the old one and moved over it: another process may be running that.
        Path fresh = sources.resolve(label);
        try {
            unpack(HEADER, sources);
            Optional<String> problem = Program.trial(List.of(
                    compiler.get(),
                    "-O2",
                    "-Wall",
                    "-Wextra",
                    "-pthread",
                    "-o",
                    fresh.toString(),
                    unpack(label + ".c", sources).toString()));
            if (problem.isEmpty()) {
                Files.move(fresh, binary, StandardCopyOption.ATOMIC_MOVE);
                problem = Program.trial(List.of(binary.toString(), "0", "1"));
            }
            return new Built(binary, problem);
        } finally {
            for (Path file : List.of(fresh, sources.resolve(label + ".c"), sources.resolve(HEADER), sources)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Path unpack(String name, Path directory) throws IOException {
        try (InputStream packed = CProgram.class.getResourceAsStream(name)) {
            if (packed == null) {
                throw new IllegalStateException(name + " is not in this program");
            }
            Path file = directory.resolve(name);
            Files.copy(packed, file);
            return file;
        }
    }

    private record Built(Path binary, Optional<String> problem) {}
}
