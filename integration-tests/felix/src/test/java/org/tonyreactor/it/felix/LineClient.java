package org.tonyreactor.it.felix;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A peer that asks in lines. What it waits for it waits for {@link #TIMEOUT_MILLIS} at most. */
final class LineClient implements AutoCloseable {
    static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final BufferedReader answers;

    LineClient(int port) throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Asks in a connection of its own. */
    static String askOnce(int port, String line) throws IOException {
        try (LineClient client = new LineClient(port)) {
            return client.ask(line);
        }
    }

    /** Sends a line, and waits for nothing. */
    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a line and waits for the one that answers it. An end is an exception to be expected, silence is none. */
    String ask(String line) throws IOException {
        send(line);
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new EOFException("ended before the answer to " + line);
            }
            return answer;
        } catch (SocketTimeoutException e) {
            throw new IllegalStateException("waited in vain for the answer to " + line, e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
