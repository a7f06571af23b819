package org.tonyreactor.benchmarks.peers;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where this code is: beside it are the libraries of the peers in Java, and the peers in C are built there. */
final class Installation {
    private Installation() {}

    /** The jar, or the directory of classes. */
    static Path code() {
        try {
            return Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path directory() {
        return code().resolveSibling("");
    }
}
