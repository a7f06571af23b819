package org.tonyreactor.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tonyreactor.launcher.shout.Shout;

/** Protocol bundles that come and go while the server runs. */
final class DeployIT {
    @TempDir
    Path folder;

    private Path home;
    private Path bundle;
    private int port;

    @BeforeEach
    void buildBundle() throws Exception {
        home = folder.resolve("home");
        bundle = TestBundle.build(folder.resolve("shout.jar"));
        port = freePort();
    }

    @Test
    void servesBundleDroppedIntoDeployWithinTwoSeconds() throws Exception {
        try (ServerProcess server = ServerProcess.ready(home);
                Socket echo = server.connect()) {
            Files.writeString(
                    home.resolve("conf/" + Shout.PID + ".cfg"),
                    "reactor.port = " + port + "\nreactor.hold.timeout.millis = 0\n");
            assertEquals("before", EchoIT.exchange(echo, "before"));

            long droppedNanos = System.nanoTime();
            Path deployed = Files.copy(bundle, home.resolve("deploy/shout.jar"));
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(2))
                    .until(this::answers);
            System.out.println(
                    "From drop to answer: " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - droppedNanos) + " ms");
            try (Socket shout = ServerProcess.connect(port)) {
                assertEquals("HELLO", EchoIT.exchange(shout, "hello"));
            }
            assertEquals("while", EchoIT.exchange(echo, "while"));

            Files.delete(deployed);
            await().atMost(ServerProcess.BOUND).until(() -> !answers());
            assertEquals("after", EchoIT.exchange(echo, "after"));
        }
    }

    @Test
    void servesGoodBundlesBesideACorruptOne() throws Exception {
        Files.createDirectories(home.resolve("deploy"));
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/" + Shout.PID + ".cfg"), "reactor.port = " + port + "\n");
        Files.writeString(home.resolve("deploy/corrupt.jar"), "this is no jar");
        Files.copy(bundle, home.resolve("deploy/shout.jar"));

        try (ServerProcess server = ServerProcess.ready(home);
                Socket echo = server.connect()) {
            assertEquals("echo", EchoIT.exchange(echo, "echo"));
            await().atMost(ServerProcess.BOUND).until(this::answers);
            await().atMost(ServerProcess.BOUND).until(() -> !server.errors().isEmpty());
            server.terminate();

            assertEquals(0, server.exitStatus());
            assertEquals(1, server.errors().size(), server.errors()::toString);
            String warning = server.errors().get(0);
            assertTrue(warning.contains("corrupt.jar is no bundle"), warning);
            assertTrue(warning.contains("replace it or remove it"), warning);
        }
    }

    @Test
    void tellsWhichBundleDoesNotStart() throws Exception {
        Path deploy = Files.createDirectories(home.resolve("deploy"));
        TestBundle.build(deploy.resolve("needy.jar"), Map.of("Require-Capability", "no.such.thing"));

        try (ServerProcess server = ServerProcess.ready(home);
                Socket echo = server.connect()) {
            await().atMost(ServerProcess.BOUND).until(() -> !server.errors().isEmpty());
            assertEquals("echo", EchoIT.exchange(echo, "echo"));
            server.terminate();

            assertEquals(0, server.exitStatus());
            assertEquals(1, server.errors().size(), server.errors()::toString);
            String warning = server.errors().get(0);
            assertTrue(warning.contains("needy.jar") && warning.contains("no.such.thing"), warning);
        }
    }

    private boolean answers() {
        try (Socket socket = ServerProcess.connect(port)) {
            return "X".equals(EchoIT.exchange(socket, "x"));
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
