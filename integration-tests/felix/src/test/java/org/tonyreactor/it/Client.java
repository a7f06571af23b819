package org.tonyreactor.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A peer with a blocking socket. What it waits for it waits for {@link #TIMEOUT_MILLIS} at most. */
final class Client implements AutoCloseable {
    static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket = new Socket();

    private Client(String host, int port) throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), TIMEOUT_MILLIS);
    }

    static Client connect(int port) {
        return connect("127.0.0.1", port);
    }

    static Client connect(String host, int port) {
        try {
            return new Client(host, port);
        } catch (IOException e) {
            throw new UncheckedIOException("connecting to " + host + ":" + port, e);
        }
    }

    /** Whether somebody accepts on a port. */
    static boolean canConnect(int port) {
        try {
            new Client("127.0.0.1", port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a line and returns what comes back up to the end of a line. */
    String ask(String line) {
        send(line + "\n");
        return readLine();
    }

    String readLine() {
        StringBuilder line = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read(); next != '\n'; ) {
                if (next < 0) {
                    throw new IOException("closed after '" + line + "'");
                }
                line.append((char) next);
                next = socket.getInputStream().read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    /** Waits until the other side has ended the connection, with FIN or RST. */
    void awaitEnd() {
        try {
            int got = socket.getInputStream().read();
            if (got >= 0) {
                throw new IllegalStateException("got byte " + got + " where the end was expected");
            }
        } catch (SocketException e) {
            // A reset is an end, too.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
