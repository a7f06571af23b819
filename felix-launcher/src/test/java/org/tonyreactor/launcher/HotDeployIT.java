package org.tonyreactor.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tonyreactor.launcher.failing.FailingFactory;
import org.tonyreactor.launcher.hanging.HangingActivator;
import org.tonyreactor.launcher.shout.Shout;
import org.tonyreactor.launcher.slow.SlowFactory;

/** Bundles and folders that go wrong in deploy/ stop neither the others nor the server. */
final class HotDeployIT {
    @TempDir
    Path folder;

    private Path home;
    private Path deploy;
    private int port;

    @BeforeEach
    void makeHome() throws Exception {
        home = folder.resolve("home");
        deploy = Files.createDirectories(home.resolve("deploy"));
        Files.createDirectories(home.resolve("conf"));
        port = DeployIT.freePort();
        Files.writeString(
                home.resolve("conf/" + Shout.PID + ".cfg"),
                "reactor.port = " + port + "\nreactor.hold.timeout.millis = 0\n");
    }

    @Test
    void deploysOthersWhileABundleHangsInItsStart() throws Exception {
        TestBundle.build(deploy.resolve("a-hanging.jar"), HangingActivator.class, hangingIn("start"));

        try (ServerProcess server = ServerProcess.ready(home)) {
            TestBundle.build(deploy.resolve("shout.jar"));
            awaitAnswer();

            String warning = awaitWarning(server);
            assertTrue(
                    warning.contains("the start of org.tonyreactor.test.hangingactivator")
                            && warning.contains("has not come back for 5 s")
                            && warning.contains(HangingActivator.class.getName()),
                    warning);
            awaitInLog("\tat " + HangingActivator.class.getName() + ".start");
        }
    }

    @Test
    void deploysOthersWhileAComponentHangsInItsActivation() throws Exception {
        TestBundle.build(deploy.resolve("a-slow.jar"), SlowFactory.class, Map.of());

        try (ServerProcess server = ServerProcess.ready(home)) {
            TestBundle.build(deploy.resolve("shout.jar"));
            awaitAnswer();

            String warning = awaitWarning(server);
            assertTrue(warning.contains("the start of org.tonyreactor.test.slowfactory"), warning);
            server.terminate();

            assertEquals(0, server.exitStatus());
        }
    }

    @Test
    void stopsInBoundedTimeWhenABundleHangsInItsStop() throws Exception {
        TestBundle.build(deploy.resolve("hanging.jar"), HangingActivator.class, hangingIn("stop"));
        TestBundle.build(deploy.resolve("shout.jar"));

        try (ServerProcess server = ServerProcess.ready(home)) {
            awaitAnswer();
            server.terminate();

            assertEquals(0, server.exitStatus());
            String log = Files.readString(home.resolve("logs/reactor.log"));
            assertTrue(log.contains("org.tonyreactor.test.hangingactivator 0.0.0 (bundle "), log);
            assertTrue(log.contains("does not let the server stop since 5 s"), log);
            assertTrue(log.contains("HangingActivator.stop(HangingActivator.java"), log);
        }
    }

    @Test
    void servesAFolderThatWasMadeAnewAndOneThatALinkLeadsTo() throws Exception {
        try (ServerProcess server = ServerProcess.ready(home)) {
            TestBundle.build(deploy.resolve("shout.jar"));
            awaitAnswer();

            Path away = Files.move(deploy, home.resolve("away"));
            await().atMost(ServerProcess.BOUND).until(() -> !answers());
            Files.createDirectory(deploy);
            TestBundle.build(deploy.resolve("again.jar"));
            awaitAnswer();

            Files.delete(deploy.resolve("again.jar"));
            Files.delete(deploy);
            await().atMost(ServerProcess.BOUND).until(() -> !answers());
            Files.createSymbolicLink(deploy, away);
            awaitAnswer();
            server.terminate();
            assertEquals(0, server.exitStatus());
        }
    }

    @Test
    void goesOnWithTheRunningBundleWhenABrokenOneIsPutOverIt() throws Exception {
        Path jar = TestBundle.build(deploy.resolve("shout.jar"));

        try (ServerProcess server = ServerProcess.ready(home)) {
            awaitAnswer();
            try (Socket socket = ServerProcess.connect(port)) {
                byte[] whole = Files.readAllBytes(jar);
                Files.write(jar, Arrays.copyOf(whole, whole.length - 100));

                String warning = awaitWarning(server);
                assertTrue(
                        warning.contains("shout.jar is no bundle (a broken jar: ")
                                && warning.contains("org.tonyreactor.test.shout 0.0.0")
                                && warning.contains("goes on"),
                        warning);
                assertEquals("STILL", EchoIT.exchange(socket, "still"));
            }
        }
    }

    @Test
    void saysOnceWhatTheConstructorOfAComponentHasThrown() throws Exception {
        TestBundle.build(deploy.resolve("failing.jar"), FailingFactory.class, Map.of());

        try (ServerProcess server = ServerProcess.ready(home)) {
            awaitWarningWith(server, "failing.jar does not start");
            serveSomethingElse();

            assertToldOnce(
                    server,
                    "Error during instantiation of the implementation object", // What SCR says.
                    "failing.jar does not start: its component " + FailingFactory.class.getName()
                            + " has failed: java.lang.IllegalStateException: there is no database: correct that",
                    "failing cannot be got (its component has thrown java.lang.IllegalStateException: there is no database)");
            awaitInLog("Caused by: java.lang.IllegalStateException: there is no database");
            assertEquals(1, countInLog("Caused by: java.lang.IllegalStateException: there is no database"));
        }
    }

    /** The time of some looks, in which what has failed was tried again before. */
    private void serveSomethingElse() throws Exception {
        TestBundle.build(deploy.resolve("shout.jar"));
        awaitAnswer();
        Files.delete(deploy.resolve("shout.jar"));
        await().atMost(ServerProcess.BOUND).until(() -> !answers());
    }

    private void assertToldOnce(ServerProcess server, String... lines) throws IOException {
        for (String line : lines) {
            awaitInLog(line);
        }
        for (String line : lines) {
            assertEquals(1, countInLog(line), line);
        }
        assertEquals(lines.length, server.errors().size(), () -> server.errors().toString());
    }

    /** The log is written by a thread of its own, after the console perhaps. */
    private void awaitInLog(String text) {
        await().atMost(ServerProcess.BOUND).until(() -> countInLog(text) > 0);
    }

    private long countInLog(String text) throws IOException {
        try (Stream<String> lines = Files.lines(home.resolve("logs/reactor.log"))) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    private static void awaitWarningWith(ServerProcess server, String text) {
        await().atMost(ServerProcess.BOUND).until(() -> server.errors().stream().anyMatch(line -> line.contains(text)));
    }

    /** The headers of a bundle whose activator hangs. */
    static Map<String, String> hangingIn(String method) {
        return Map.of(
                "Bundle-Activator",
                HangingActivator.class.getName(),
                "Import-Package",
                "org.osgi.framework",
                "Test-Hangs",
                method);
    }

    private static String awaitWarning(ServerProcess server) {
        await().atMost(ServerProcess.BOUND).until(() -> !server.errors().isEmpty());
        return server.errors().get(0);
    }

    private void awaitAnswer() {
        await().atMost(ServerProcess.BOUND).until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = ServerProcess.connect(port)) {
            return "X".equals(EchoIT.exchange(socket, "x"));
        } catch (IOException e) {
            return false;
        }
    }
}
