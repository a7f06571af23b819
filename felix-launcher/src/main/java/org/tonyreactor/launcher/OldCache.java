package org.tonyreactor.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The framework's cache of the last start. The framework would delete it before it does anything else, some hundred files
 * and folders; out of its way, it can be deleted while the server serves already. What cannot be moved the framework
 * deletes, what cannot be deleted the next start does.
 */
final class OldCache {
    private final Path folder;

    private OldCache(Path folder) {
        this.folder = folder;
    }

    /** Called by who has the lock of the home, before the framework starts. */
    static OldCache setAside(Home home) {
        OldCache old = new OldCache(home.cache().resolve("felix-old"));
        try {
            if (Files.exists(home.frameworkCache()) && !Files.exists(old.folder)) {
                Files.move(home.frameworkCache(), old.folder);
            }
        } catch (IOException e) {
            // It stays where it is: the framework empties it.
        }
        return old;
    }

    /** On a thread of its own, which does not keep the process alive. */
    void delete() {
        Thread thread = new Thread(this::deleteNow, "tonyreactor-old-cache");
        thread.setDaemon(true);
        thread.start();
    }

    /** Files before their folders. */
    void deleteNow() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // The next start deletes what remains.
        }
    }
}
