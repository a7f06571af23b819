package org.tonyreactor.it.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A local repository of Maven that shares with this build's own all but what this project installs. */
record LocalRepository(Path folder) {
    private static final String PARENT_OF_GROUP = "org";
    private static final String GROUP = "tonyreactor";

    void create() throws IOException {
        Path shared = Path.of(Project.property("maven.repository"));
        Files.createDirectories(folder.resolve(PARENT_OF_GROUP));
        link(shared, folder, PARENT_OF_GROUP);
        link(shared.resolve(PARENT_OF_GROUP), folder.resolve(PARENT_OF_GROUP), GROUP);
    }

    private static void link(Path shared, Path own, String except) throws IOException {
        try (Stream<Path> files = Files.list(shared)) {
            for (Path each : files.toList()) {
                if (!each.endsWith(except)) {
                    Files.createSymbolicLink(own.resolve(each.getFileName()), each);
                }
            }
        }
    }
}
