package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A peer: a plain blocking socket whose every wait is bounded. */
final class ClientFixture implements AutoCloseable {
    private final Socket socket;

    private ClientFixture(Socket socket) {
        this.socket = socket;
    }

    static ClientFixture connect(int port) throws IOException {
        Socket socket = new Socket();
        int patienceMillis = (int) EngineFixture.PATIENCE.toMillis();
        socket.setSoTimeout(patienceMillis);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), patienceMillis);
        socket.setTcpNoDelay(true);
        return new ClientFixture(socket);
    }

    ClientFixture send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    ClientFixture send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    byte[] read(int count) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        assertEquals(count, bytes.length, "the connection ended early");
        return bytes;
    }

    String readText(int count) throws IOException {
        return new String(read(count), StandardCharsets.ISO_8859_1);
    }

    /** Reads until the peer's FIN. */
    byte[] readToEnd() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** Reads until the peer's FIN and compares as it goes. Returns the number of equal bytes. */
    int readToEndComparing(byte[] expected) throws IOException {
        byte[] chunk = new byte[1 << 16];
        int equal = 0;
        for (int count; (count = socket.getInputStream().read(chunk)) > 0; equal += count) {
            assertTrue(equal + count <= expected.length, "more came than was sent");
            assertTrue(
                    Arrays.equals(expected, equal, equal + count, chunk, 0, count),
                    "it differs between bytes " + equal + " and " + (equal + count));
        }
        return equal;
    }

    /** Whether the peer answers a byte with a byte; otherwise it has ended the connection. */
    boolean isEchoed() throws IOException {
        try {
            send("x");
            return socket.getInputStream().read() >= 0;
        } catch (SocketException e) {
            return false; // It was gone before the byte came.
        }
    }

    void expectEnd() throws IOException {
        assertEquals(-1, socket.getInputStream().read());
    }

    void expectReset() {
        SocketException reset = assertThrows(SocketException.class, this::readToEnd);
        assertTrue(String.valueOf(reset.getMessage()).contains("reset"), reset::toString);
    }

    /** Sends FIN; reading goes on. */
    ClientFixture finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Sends RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
