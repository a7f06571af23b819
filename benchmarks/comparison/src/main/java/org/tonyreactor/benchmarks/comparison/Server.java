package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tonyreactor.benchmarks.harness.ChildProcess;

/** A server that runs, on a port of the loopback address. Closing it ends it. */
record Server(ChildProcess process, int port) implements AutoCloseable {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final int ANSWER_MILLIS = 10_000;

    /** Sends a few bytes and waits for them. */
    static void echo(int port) throws IOException {
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
