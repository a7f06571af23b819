package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tonyreactor.launcher.exiting.Exiting;
import org.tonyreactor.launcher.failed.FailedEngine;

/** How the server ends. */
final class StopIT {
    @TempDir
    Path home;

    @Test
    void stopsInOrderOnSigterm() throws Exception {
        try (ServerProcess server = ServerProcess.ready(home);
                Socket socket = server.connect()) {
            assertEquals("hello", EchoIT.exchange(socket, "hello"));

            server.terminate();

            assertEquals(-1, socket.getInputStream().read(), "the peer sees a FIN and no reset");
            assertEquals(0, server.exitStatus());
            assertEquals(List.of(), server.errors());
            assertThrows(
                    IOException.class,
                    () -> ServerProcess.connect(server.port()).close());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void stopsInOrderOnCtrlCAtThePromptOfTheShell() throws Exception {
        try (ServerProcess server = ServerProcess.onTerminal(home)) {
            server.lineWith("Ctrl-C or Ctrl-D stops it");
            server.lineWith("Welcome");
            server.type("lb\r");
            server.lineWith("tonyReactor engine");

            server.type("\003");

            assertEquals(0, server.exitStatus());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void stopsInOrderOnSigint() throws Exception {
        try (ServerProcess server = ServerProcess.interruptible(home)) {
            try (ServerProcess kill = ServerProcess.command(Map.of(), List.of("kill", "-INT", server.pid()))) {
                assertEquals(0, kill.exitStatus());
            }

            assertEquals(0, server.exitStatus());
            assertEquals(List.of(), server.errors());
        }
    }

    @Test
    void exitsWithThreeWhenTheEngineHasGivenItselfUp() throws Exception {
        try (ServerProcess server = ServerProcess.ready(home)) {
            TestBundle.build(home.resolve("deploy/failed.jar"), FailedEngine.class, Map.of());

            assertEquals(3, server.exitStatus());
            assertEquals(1, server.errors().size(), () -> server.errors().toString());
            assertTrue(
                    server.errors().get(0).contains("the engine has stopped"),
                    () -> server.errors().toString());
        }
    }

    @Test
    void keepsTheStatusOfABundleThatExitsAndTheLogSaysWhoItWas() throws Exception {
        try (ServerProcess server = ServerProcess.ready(home);
                Socket socket = server.connect()) {
            assertEquals("hello", EchoIT.exchange(socket, "hello"));

            TestBundle.build(home.resolve("deploy/exiting.jar"), Exiting.class, Map.of());

            assertEquals(-1, socket.getInputStream().read(), "it stops in order all the same");
            assertEquals(Exiting.STATUS, server.exitStatus());
            assertEquals(1, server.errors().size(), () -> server.errors().toString());
            String log = Files.readString(home.resolve("logs/reactor.log"));
            for (String told : List.of(server.errors().get(0), log)) {
                assertTrue(told.contains("System.exit was called by bundle org.tonyreactor.test.exiting "), told);
                assertTrue(told.contains(" in thread exiting"), told);
            }
            assertTrue(log.contains("at org.tonyreactor.launcher.exiting.Exiting.exitOnPurpose(Exiting.java:"), log);
        }
    }

    @Test
    void startsAgainInTheSameHome() throws Exception {
        for (int round = 0; round < 2; round++) {
            try (ServerProcess server = ServerProcess.ready(home)) {
                server.terminate();
                assertEquals(0, server.exitStatus());
            }
        }
    }

    @Test
    void startsInAHomeWhoseServerWasKilled() throws Exception {
        try (ServerProcess killed = ServerProcess.ready(home)) {
            killed.kill();
        }

        try (ServerProcess server = ServerProcess.ready(home);
                Socket socket = server.connect()) {
            assertEquals("hello", EchoIT.exchange(socket, "hello"));
        }
    }
}
