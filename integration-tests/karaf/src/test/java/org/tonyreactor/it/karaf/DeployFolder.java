package org.tonyreactor.it.karaf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The folder that Karaf looks at all the time. */
final class DeployFolder {
    private DeployFolder() {}

    /** Puts a file there, whole at once. */
    static Path put(String file) {
        Path source = Path.of(file);
        Path aside = KarafFixture.karaf("data").resolve(source.getFileName());
        Path deployed = KarafFixture.karaf("deploy").resolve(source.getFileName());
        try {
            Files.copy(source, aside, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(aside, deployed, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("deploying " + file, e);
        }
    }

    static void remove(Path deployed) {
        try {
            Files.delete(deployed);
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + deployed, e);
        }
    }
}
