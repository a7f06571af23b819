package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tonyreactor.internal.engine.wire.Wire;

/** A peer that blocks; its every wait is bounded. */
final class ClientFixture implements AutoCloseable {
    /** What carries its bytes. */
    private interface Carrier {
        void write(byte[] bytes) throws IOException;

        /** Reads what there is, at least one byte. Returns how many, or -1 at the end. */
        int read(byte[] to, int from, int count) throws IOException;

        void finish() throws IOException;

        void reset() throws IOException;

        void close() throws IOException;
    }

    private final Carrier carrier;

    private ClientFixture(Carrier carrier) {
        this.carrier = carrier;
    }

    /** A peer of engines that have threads. */
    static ClientFixture connect(int port) throws IOException {
        Socket socket = new Socket();
        int patienceMillis = (int) EngineFixture.PATIENCE.toMillis();
        socket.setSoTimeout(patienceMillis);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), patienceMillis);
        socket.setTcpNoDelay(true);
        return new ClientFixture(new OverSocket(socket));
    }

    /** A peer of engines that are stepped while it blocks. */
    static ClientFixture connect(int port, Stepper stepper) throws IOException {
        return new ClientFixture(new OverWire(stepper.connect(port), stepper));
    }

    ClientFixture send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    ClientFixture send(byte[] bytes) throws IOException {
        carrier.write(bytes);
        return this;
    }

    byte[] read(int count) throws IOException {
        byte[] bytes = new byte[count];
        int read = 0;
        for (int more; read < count && (more = carrier.read(bytes, read, count - read)) >= 0; ) {
            read += more;
        }
        assertEquals(count, read, "the connection ended early");
        return bytes;
    }

    String readText(int count) throws IOException {
        return new String(read(count), StandardCharsets.ISO_8859_1);
    }

    /** Reads until the peer's FIN. */
    byte[] readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[1 << 16];
        for (int count; (count = carrier.read(chunk, 0, chunk.length)) >= 0; ) {
            all.write(chunk, 0, count);
        }
        return all.toByteArray();
    }

    /** Reads until the peer's FIN and compares as it goes. Returns the number of equal bytes. */
    int readToEndComparing(byte[] expected) throws IOException {
        byte[] chunk = new byte[1 << 16];
        int equal = 0;
        for (int count; (count = carrier.read(chunk, 0, chunk.length)) > 0; equal += count) {
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
            return carrier.read(new byte[1], 0, 1) >= 0;
        } catch (SocketException e) {
            return false; // It was gone before the byte came.
        }
    }

    void expectEnd() throws IOException {
        assertEquals(-1, carrier.read(new byte[1], 0, 1));
    }

    /** The peer has ended with FIN, and there is no RST behind it by now. */
    void expectFinOnly() throws IOException {
        expectEnd();
        assertDoesNotThrow(() -> send("late"), "RST behind FIN");
    }

    void expectReset() {
        SocketException reset = assertThrows(SocketException.class, this::readToEnd);
        assertTrue(String.valueOf(reset.getMessage()).contains("reset"), reset::toString);
    }

    /** Sends FIN; reading goes on. */
    ClientFixture finish() throws IOException {
        carrier.finish();
        return this;
    }

    /** Sends RST. */
    void reset() throws IOException {
        carrier.reset();
    }

    @Override
    public void close() throws IOException {
        carrier.close();
    }

    private record OverSocket(Socket socket) implements Carrier {
        @Override
        public void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        @Override
        public int read(byte[] to, int from, int count) throws IOException {
            return socket.getInputStream().read(to, from, count);
        }

        @Override
        public void finish() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static final class OverWire implements Carrier {
        private final Wire wire;
        private final Stepper stepper;
        /** What was read and is still to be given. */
        private final ByteArrayOutputStream came = new ByteArrayOutputStream();

        private ByteBuffer left = ByteBuffer.allocate(0);
        private boolean ended;
        private boolean closed;

        OverWire(Wire wire, Stepper stepper) {
            this.wire = wire;
            this.stepper = stepper;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            ByteBuffer part = ByteBuffer.wrap(bytes);
            until(() -> {
                wire.write(part);
                return !part.hasRemaining();
            });
            until(wire::flush);
        }

        @Override
        public int read(byte[] to, int from, int count) throws IOException {
            until(() -> left.hasRemaining() || ended || hasCome());
            if (!left.hasRemaining()) {
                return -1;
            }
            int given = Math.min(count, left.remaining());
            left.get(to, from, given);
            return given;
        }

        private boolean hasCome() throws IOException {
            ByteBuffer lent = wire.read();
            if (lent == null) {
                return false;
            }
            ended = Wire.isEnd(lent);
            came.reset();
            while (lent.hasRemaining()) {
                came.write(lent.get());
            }
            left = ByteBuffer.wrap(came.toByteArray());
            return true;
        }

        @Override
        public void finish() throws IOException {
            wire.shutdownOutput();
        }

        @Override
        public void reset() throws IOException {
            if (!closed) {
                closed = true;
                wire.reset();
                stepper.turnPeers();
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                wire.closeSoon();
                stepper.turnPeers();
            }
        }

        private void until(Bounded.Condition condition) throws IOException {
            Bounded.until("the peer's bytes", condition, stepper::turn);
        }
    }
}
