package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A server that runs. Closing it ends it.
 *
 * @param child its process
 * @param port where it listens on the loopback address
 * @param folder what it may write into
 */
record Server(Child child, int port, Path folder) implements AutoCloseable {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final int ANSWER_MILLIS = 10_000;

    /** Sends a few bytes and waits for them. */
    void echo() throws IOException {
        echo(port);
    }

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
        return child.pid();
    }

    @Override
    public void close() {
        child.close();
    }
}
