package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of the last start, out of the way of the next. */
final class OldCacheTest {
    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void makeCache() throws Exception {
        home = new Home(folder);
        Files.createDirectories(home.frameworkCache().resolve("bundle1/version0.0"));
        Files.writeString(home.frameworkCache().resolve("bundle1/bundle.info"), "old");
        Files.writeString(home.cache().resolve("lock"), "1");
    }

    @Test
    void isAwayAtOnceAndDeletedLater() {
        OldCache old = OldCache.setAside(home);

        assertFalse(Files.exists(home.frameworkCache()));
        assertTrue(Files.exists(home.cache().resolve("felix-old/bundle1/bundle.info")));

        old.deleteNow();

        assertEquals(1, home.cache().toFile().list().length, "only the lock is left");
    }

    @Test
    void staysWhereAnOlderOneIsNotDeletedYet() throws Exception {
        OldCache.setAside(home);
        Files.createDirectories(home.frameworkCache());

        OldCache second = OldCache.setAside(home);

        assertTrue(Files.exists(home.frameworkCache()), "the framework empties it");
        second.deleteNow();
        assertFalse(Files.exists(home.cache().resolve("felix-old")));
    }
}
