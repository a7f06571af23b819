package org.tonyreactor.launcher;

import java.io.IOException;
import java.io.InputStream;

/**
 * A bundle that comes with the launcher.
 *
 * @param startLevel when it starts: lower levels start first and stop last
 * @param location what the framework calls it, and where it can be read
 * @param content its bytes
 */
record BundleFile(int startLevel, String location, Content content) {
    /** The bytes of a file, read at each opening. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }
}
