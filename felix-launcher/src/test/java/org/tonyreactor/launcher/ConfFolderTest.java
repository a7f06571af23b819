package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read in conf/ before the start. */
final class ConfFolderTest {
    private static final byte[] NO_TEXT = {0, 5, 0x16, 7, (byte) 0xFF};

    @TempDir
    Path conf;

    @Test
    void leavesOutWhatEditorsAndSystemsPutBesideFiles() throws Exception {
        Files.createSymbolicLink(conf.resolve(".#x.cfg"), conf.resolve("user@host.1234"));
        for (String name : new String[] {"._x.cfg", "x.cfg~", ".x.cfg.swp", "#x.cfg#"}) {
            Files.write(conf.resolve(name), NO_TEXT);
        }

        assertDoesNotThrow(() -> ConfFolder.check(conf));
    }

    @Test
    void refusesAFileThatIsNoText() throws Exception {
        Files.write(conf.resolve("x.cfg"), NO_TEXT);

        assertThrows(StartFailure.class, () -> ConfFolder.check(conf));
    }
}
