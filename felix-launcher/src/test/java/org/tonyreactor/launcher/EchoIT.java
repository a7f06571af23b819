package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user tries first. */
final class EchoIT {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path home;

    @Test
    void printsReadyLineOnlyWhenPortAnswers() throws Exception {
        long startNanos = System.nanoTime();

        try (ServerProcess server = ServerProcess.jar("--home", home, "--port", 0);
                Socket socket = server.connect()) {
            assertEquals("hello\n", exchange(socket, "hello\n"));

            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
            System.out.println("From process start to first echo: " + millis + " ms");
        }
    }

    @Test
    void echoesAMegabyteOfRandomBytes() throws Exception {
        byte[] sent = new byte[MEGABYTE];
        new Random(7007).nextBytes(sent);

        try (ServerProcess server = ServerProcess.ready(home);
                Socket socket = server.connect()) {
            OutputStream out = socket.getOutputStream();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(out, sent));

            byte[] received = socket.getInputStream().readNBytes(MEGABYTE);

            sending.get(ServerProcess.BOUND.toSeconds(), TimeUnit.SECONDS);
            assertArrayEquals(sent, received);
        }
    }

    @Test
    void answersNc() throws Exception {
        assumeTrue(isOnPath("nc"), "there is no nc");

        try (ServerProcess server = ServerProcess.ready(home);
                ServerProcess nc = ServerProcess.command(
                        Map.of(), List.of("sh", "-c", "printf 'hello\\n' | nc 127.0.0.1 " + server.port()))) {
            assertEquals("hello", nc.line());
        }
    }

    private static boolean isOnPath(String command) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    private static void send(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a text and reads as many bytes. */
    static String exchange(Socket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(bytes);
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(bytes.length), StandardCharsets.UTF_8);
    }
}
