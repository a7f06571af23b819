package org.tonyreactor.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A second path to a home whose own path has commas, blanks, percent signs or the like: the log takes parts of a path for
 * lists, addresses, patterns and variables. It goes through a link in the folder for temporary files.
 */
final class PlainPath {
    private static final Pattern PLAIN = Pattern.compile("[\\w/.:\\\\~+-]*");

    private final Path root;
    private final boolean made;

    private PlainPath(Path root, boolean made) {
        this.root = root;
        this.made = made;
    }

    /** The home itself where its path is plain, or where no link can be made. */
    static PlainPath to(Home home) {
        if (PLAIN.matcher(home.root().toString()).matches()) {
            return new PlainPath(home.root(), false);
        }
        try {
            Path link = Files.createTempDirectory("tonyreactor").resolve("home");
            return new PlainPath(Files.createSymbolicLink(link, home.root()), true);
        } catch (IOException | UnsupportedOperationException e) {
            return new PlainPath(home.root(), false);
        }
    }

    Path root() {
        return root;
    }

    /** The log has ended. */
    void delete() {
        if (made) {
            try {
                Files.deleteIfExists(root);
                Files.deleteIfExists(root.toAbsolutePath().getParent());
            } catch (IOException e) {
                // The system deletes it with other temporary files.
            }
        }
    }
}
