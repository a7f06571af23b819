package org.tonyreactor.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tonyreactor.benchmarks.load.LyingServer.Lie;

@Timeout(20)
class LoadProcessTest {
    private static final List<String> FIGURES = List.of(
            "messages", "seconds", "rate", "bytes", "cpu.seconds", "p50", "p90", "p99", "p99.9", "max", "errors");

    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void saysWhenItMeasuresThenItsFiguresAndEndsWith0() throws Exception {
        try (LyingServer server = new LyingServer(Lie.NONE, 0)) {
            List<String> lines = run("--port", Integer.toString(server.port()), "--warmup", "0.1", "--seconds", "0.2");

            assertEquals(List.of("measuring", "measured"), lines.subList(0, 2));
            assertEquals(
                    FIGURES,
                    lines.stream().skip(2).map(line -> line.split("=", -1)[0]).toList());
            assertTrue(Long.parseLong(lines.get(2).substring("messages=".length())) > 0, lines::toString);
            assertEquals(0, process.exitValue());
        }
    }

    @Test
    void endsWith1WhenTheServerLies() throws Exception {
        try (LyingServer server = new LyingServer(Lie.FLIPS_A_BIT, 100)) {
            run("--port", Integer.toString(server.port()), "--warmup", "0", "--seconds", "0.2");

            assertEquals(1, process.exitValue());
        }
    }

    @Test
    void endsWith2WhenItIsNotUnderstood() throws Exception {
        assertEquals(List.of(), run("--prot", "7007"));

        assertEquals(2, process.exitValue());
    }

    @Test
    void holdsIdleConnectionsUntilItsInputEnds() throws Exception {
        try (LyingServer server = new LyingServer(Lie.NONE, 0)) {
            start("--port", Integer.toString(server.port()), "--work", "idle", "--connections", "20");

            assertEquals("idle 20", process.inputReader().readLine());
            assertTrue(process.isAlive());

            process.getOutputStream().close();
            assertEquals("errors=0", process.inputReader().readLine());
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        }
    }

    @Test
    void runsWhatEachLineOfItsInputAsksForAndEndsWithIt() throws Exception {
        try (LyingServer one = new LyingServer(Lie.NONE, 0);
                LyingServer other = new LyingServer(Lie.NONE, 0)) {
            start();
            for (LyingServer server : List.of(one, other, one)) {
                ask("--work echo --connections 3 --warmup 0 --seconds 0.1 --port " + server.port());

                assertEquals("measuring", process.inputReader().readLine());
                String last = process.inputReader().readLine();
                for (int line = 0; line < FIGURES.size(); line++) {
                    last = process.inputReader().readLine();
                }
                assertEquals("errors=0", last);
            }
            assertTrue(process.isAlive());

            process.getOutputStream().close();
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
            assertTrue(one.echoes() > 0 && other.echoes() > 0);
        }
    }

    @Test
    void lieInOneOfSeveralRunsIsCountedThereAndTheOthersGoOn() throws Exception {
        try (LyingServer liar = new LyingServer(Lie.FLIPS_A_BIT, 0);
                LyingServer honest = new LyingServer(Lie.NONE, 0)) {
            start();
            ask("--work echo --connections 1 --warmup 0 --seconds 0.1 --port " + liar.port());
            ask("--work echo --connections 1 --warmup 0 --seconds 0.1 --port " + honest.port());
            process.getOutputStream().close();

            assertEquals(
                    List.of("errors=1", "errors=0"),
                    process.inputReader()
                            .lines()
                            .filter(line -> line.startsWith("errors="))
                            .toList());
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            assertEquals(1, process.exitValue());
        }
    }

    @Test
    void idleConnectionsAreNoRunAmongOthers() throws Exception {
        start();
        ask("--work idle --port 7007");

        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(2, process.exitValue());
    }

    private void ask(String run) throws IOException {
        process.getOutputStream().write((run + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    private List<String> run(String... args) throws IOException, InterruptedException {
        start(args);
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        return lines;
    }

    private void start(String... args) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Stream<String> command = Stream.of(
                java, "-cp", System.getProperty("java.class.path"), "org.tonyreactor.benchmarks.load.LoadGenerator");
        process = new ProcessBuilder(Stream.concat(command, Stream.of(args)).toList())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
