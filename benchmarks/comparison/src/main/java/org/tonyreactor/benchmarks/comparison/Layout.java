package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where what is needed lies in the source tree, once it is built. */
record Layout(Path root) {
    /** The tree that this program was built in. */
    static Layout own() throws URISyntaxException {
        Path here = Path.of(
                Layout.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("felix-launcher"))) {
                return new Layout(folder);
            }
        }
        throw new IllegalStateException(here + " is in no source tree of this project");
    }

    Path target() {
        return root.resolve("benchmarks/comparison/target");
    }

    /** Samples and report of a run that was short, or only of some works or servers. */
    Path lesserRun() {
        return target().resolve("lesser");
    }

    Path loadGenerator() {
        return root.resolve("benchmarks/load/target/load.jar");
    }

    /** The archive that a user unpacks, as built in this tree or in another. */
    Path distribution() throws IOException {
        Path built = root.resolve("felix-launcher/target");
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(built, "tonyreactor-*.tar.gz")) {
            return archives.iterator().next();
        }
    }
}
