package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot serve says in one line why, and what to do. */
final class StartFailureIT {
    @TempDir
    Path home;

    @Test
    void tellsThatThePortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess server = ServerProcess.jar("--home", home, "--port", other.getLocalPort())) {
            assertEquals(
                    "tonyReactor: port " + other.getLocalPort()
                            + " is taken by another process: stop that one or start with --port N",
                    server.onlyError(1));
        }
    }

    @Test
    void tellsWhichConfigurationIsBroken() throws Exception {
        Path broken = Files.createDirectories(home.resolve("conf")).resolve("org.tonyreactor.cfg");
        Files.writeString(broken, "workers = \\u00zz\n");

        try (ServerProcess server = ServerProcess.jar("--home", home, "--port", 0)) {
            String error = server.onlyError(1);
            assertTrue(error.contains("cannot read the configuration in " + broken), error);
            assertTrue(error.endsWith("correct it or remove it"), error);
        }
    }

    @Test
    void tellsThatTheCacheCannotBeWritten() throws Exception {
        Path cache = Files.writeString(home.resolve("cache"), "a file where a folder must be");

        try (ServerProcess server = ServerProcess.jar("--home", home, "--port", 0)) {
            String error = server.onlyError(1);
            assertTrue(error.contains(cache + " is no folder"), error);
            assertTrue(error.contains("--home DIR"), error);
        }
    }

    @Test
    void tellsThatTheHomeIsInUse() throws Exception {
        try (ServerProcess first = ServerProcess.ready(home);
                ServerProcess second = ServerProcess.jar("--home", home, "--port", 0)) {
            String error = second.onlyError(1);

            assertTrue(error.contains("in use by the running server with process id " + first.pid()), error);
            assertTrue(error.contains("--home DIR"), error);
            first.connect().close();
        }
    }
}
