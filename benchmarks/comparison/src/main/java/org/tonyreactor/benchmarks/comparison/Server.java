package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.tonyreactor.benchmarks.harness.ChildProcess;

/** A server that runs, on a port of the loopback address. Closing it ends it. */
record Server(ChildProcess process, int port) implements AutoCloseable {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final int ANSWER_MILLIS = 10_000;
    private static final long START_SECONDS = 60;

    /** Waits for the line that says that the server is ready; the first group in it is the port. */
    static Server start(Work work, List<String> command, Map<String, String> environment, Path folder, Pattern ready)
            throws IOException, InterruptedException {
        ChildProcess process = ChildProcess.startServer(
                Pinning.SERVER.pin(work, command),
                environment,
                folder.resolve("server.log"),
                ready.asMatchPredicate(),
                START_SECONDS);
        return new Server(
                process, Integer.parseInt(ready.matcher(process.readyLine()).replaceFirst("$1")));
    }

    /** Sends a few bytes and waits for them. */
    void echo() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(HELLO);
            byte[] answer = socket.getInputStream().readNBytes(HELLO.length);
            if (!Arrays.equals(answer, HELLO)) {
                throw new IOException("the echo is another: " + Arrays.toString(answer));
            }
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
