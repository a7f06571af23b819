package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the launcher answers without starting a server. */
final class CommandLineIT {
    @Test
    void namesTheUnknownOption() throws Exception {
        try (ServerProcess launcher = ServerProcess.jar("--frobnicate")) {
            assertEquals("tonyReactor: unknown option --frobnicate: try --help", launcher.onlyError(2));
        }
    }

    @Test
    void printsHelp() throws Exception {
        try (ServerProcess launcher = ServerProcess.jar("--help")) {
            assertEquals("tonyReactor: a network server whose protocols are bundles", launcher.line());
            assertEquals(0, launcher.exitStatus());
        }
    }

    @Test
    void printsVersions() throws Exception {
        try (ServerProcess launcher = ServerProcess.jar("--version")) {
            String expected = "tonyReactor " + System.getProperty("launcher.version") + ", Felix ";
            String versions = launcher.line();
            assertTrue(versions.startsWith(expected), versions);
            assertEquals(0, launcher.exitStatus());
        }
    }

    @Test
    void tellsThatJavaIsTooOld() throws Exception {
        String classPath = System.getProperty("launcher.jar") + ":" + System.getProperty("launcher.test.classes");

        try (ServerProcess launcher = ServerProcess.command(
                Map.of(), List.of(ServerProcess.java(), "-cp", classPath, OldJava.class.getName()))) {
            String error = launcher.onlyError(1);
            assertTrue(error.startsWith("tonyReactor: Java 11 in "), error);
            assertTrue(error.endsWith("is too old: set JAVA_HOME to a Java 17 or newer"), error);
        }
    }
}
