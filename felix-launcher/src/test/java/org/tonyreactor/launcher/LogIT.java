package org.tonyreactor.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tonyreactor.launcher.loud.Loud;
import org.tonyreactor.launcher.shout.Shout;

/** A server whose log and console are not drained, are full, or are rotated; a protocol says a lot to both. */
@EnabledOnOs(OS.LINUX)
final class LogIT {
    /** Each writes more than a kilobyte to standard output and error: more than pipes and buffers hold. */
    private static final int FAILURES = 400;

    private static final Pattern LINE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S+ +(INFO|WARN|ERROR) +\\[.*|\t.*|Caused by: .*|");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u202A-\\u202E&&[^\\n\\t]]");

    @TempDir
    Path home;

    private @Nullable Process started;
    private Path log;
    private int echoPort;
    private int loudPort;

    @BeforeEach
    void prepare() throws Exception {
        echoPort = DeployIT.freePort();
        loudPort = DeployIT.freePort();
        log = Files.createDirectories(home.resolve("logs")).resolve("reactor.log");
        TestBundle.build(Files.createDirectories(home.resolve("deploy")).resolve("loud.jar"), Loud.class, Map.of());
        Files.writeString(
                Files.createDirectories(home.resolve("conf")).resolve(Loud.PID + ".cfg"),
                "reactor.port = " + loudPort + "\nreactor.quarantine.failures = 0\n");
    }

    @AfterEach
    void kill() throws Exception {
        if (started != null) {
            started.destroyForcibly().waitFor();
        }
    }

    @Test
    void aConsoleThatNobodyReadsStopsNothing() throws Exception {
        start();

        failLoudly(FAILURES);

        assertAnswers();
        assertEquals(0, stop());
    }

    @Test
    void aFullDiskStopsNothing() throws Exception {
        Files.createSymbolicLink(log, Path.of("/dev/full"));
        start();

        failLoudly(FAILURES);

        assertAnswers();
        assertEquals(0, stop());
    }

    @Test
    void aDiskThatTakesNothingStopsNothing() throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", log.toString()).start().waitFor());
        try (FileChannel unread = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            start();

            failLoudly(FAILURES);

            assertAnswers();
            assertTrue(unread.isOpen());
            stop();
        }
    }

    @Test
    void bundlesAreDeployedWhileTheDiskTakesNothing() throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", log.toString()).start().waitFor());
        try (FileChannel unread = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            start();
            failLoudly(FAILURES);
            int port = DeployIT.freePort();
            Files.writeString(home.resolve("conf").resolve(Shout.PID + ".cfg"), "reactor.port = " + port + "\n");

            TestBundle.build(home.resolve("deploy/shout.jar"));

            await().atMost(ServerProcess.BOUND).until(() -> isOpen(port));
            assertTrue(unread.isOpen());
        }
    }

    @Test
    void truncatingTheLogLeavesNoNulBytes() throws Exception {
        start();
        failLoudly(3);
        await().atMost(ServerProcess.BOUND).until(() -> Files.size(log) > 3_000);

        FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                .close();
        failLoudly(3);

        await().atMost(ServerProcess.BOUND).until(() -> Files.size(log) > 3_000);
        assertEquals(0, stop());
        assertFalse(Files.readString(log).contains("\0"));
    }

    @Test
    void whatABundleSaysCannotForgeALineNorCommandATerminal() throws Exception {
        start();
        failLoudly(3);
        assertAnswers();
        assertEquals(0, stop());

        List<String> lines = Files.readAllLines(log);
        assertTrue(lines.stream().anyMatch(line -> line.contains("loud: dataReceived threw")), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.contains("[reactor-worker-")), lines::toString);
        assertEquals(
                List.of(),
                lines.stream().filter(line -> !LINE.matcher(line).matches()).toList());
        assertEquals(
                List.of(),
                lines.stream().filter(line -> UNPRINTABLE.matcher(line).find()).toList());
        String console = new String(server().getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(console.contains("loud: dataReceived threw: java.lang.IllegalStateException: it fails"), console);
        assertFalse(console.contains("\tat "), console);
        assertFalse(UNPRINTABLE.matcher(console).find(), console);
    }

    private void start() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                ServerProcess.java().toString(),
                ServerProcess.ASSERTIONS,
                "-jar",
                System.getProperty("launcher.jar"),
                "--home",
                home.toString(),
                "--port",
                String.valueOf(echoPort));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        started = builder.start(); // Nobody reads its output.
        await().atMost(ServerProcess.BOUND).until(() -> isOpen(echoPort) && isOpen(loudPort));
    }

    private Process server() {
        return Objects.requireNonNull(started, "before the start");
    }

    private static boolean isOpen(int port) {
        try (Socket peer = ServerProcess.connect(port)) {
            return peer.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Has the protocol fail, a connection for each time. */
    private void failLoudly(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (Socket peer = ServerProcess.connect(loudPort)) {
                peer.getOutputStream().write('x');
                assertEquals(-1, peer.getInputStream().read());
            }
        }
    }

    private void assertAnswers() throws IOException {
        try (Socket peer = ServerProcess.connect(echoPort)) {
            assertEquals("still", EchoIT.exchange(peer, "still"));
        }
    }

    /** Sends SIGTERM; the exit status. */
    private int stop() throws InterruptedException {
        Process server = server();
        assertTrue(server.toHandle().destroy()); // The other way would close the pipes, and so drain them.
        assertTrue(server.waitFor(ServerProcess.BOUND.toSeconds(), TimeUnit.SECONDS), "it still runs");
        return server.exitValue();
    }
}
