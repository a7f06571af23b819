package org.tonyreactor.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.tonyreactor.benchmarks.harness.Folder;

/** The C sources of this jar, which the system's compiler builds. */
final class CSource {
    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");

    private CSource() {}

    /** Builds one of them; what is wrong with it, if anything is. */
    static Optional<String> build(String label, Path binary) throws IOException {
        Optional<Path> compiler =
                COMPILERS.stream().flatMap(name -> Peer.onPath(name).stream()).findFirst();
        if (compiler.isEmpty()) {
            return Optional.of("no C compiler (" + String.join(", ", COMPILERS) + ") is on the path");
        }
        Path built = Files.createDirectories(
                binary.resolveSibling(label + "." + ProcessHandle.current().pid()));
        try (Folder folder = new Folder(built)) {
            unpack("c-server.h", folder.path());
            Path source = unpack(label + ".c", folder.path());
            // Beside the old one and moved over it: another process may be running that.
            Path fresh = folder.path().resolve(label);
            Optional<String> problem = Peer.trial(List.of(
                    compiler.get().toString(),
                    "-O2",
                    "-Wall",
                    "-Wextra",
                    "-pthread",
                    "-o",
                    fresh.toString(),
                    source.toString()));
            if (problem.isEmpty()) {
                Files.move(fresh, binary, StandardCopyOption.ATOMIC_MOVE);
            }
            return problem;
        }
    }

    private static Path unpack(String name, Path folder) throws IOException {
        try (InputStream packed = CSource.class.getResourceAsStream(name)) {
            if (packed == null) {
                throw new IllegalStateException(name + " is not in this program");
            }
            Path file = folder.resolve(name);
            Files.copy(packed, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        }
    }
}
