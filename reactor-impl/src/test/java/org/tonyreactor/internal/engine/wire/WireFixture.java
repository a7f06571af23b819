package org.tonyreactor.internal.engine.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tonyreactor.internal.engine.Bounded;

/** Two loops on the test's thread, one of the network under test and one of its peers, and what is connected over them. */
final class WireFixture implements BeforeEachCallback, AfterEachCallback {
    static final int READ_BUFFER_BYTES = 4_096;

    /** One end: a wire, what it was told, and what it has received. */
    static final class End implements Multiplexer.ReadyHandler {
        final Wire wire;
        /** What the handler does on top. */
        Multiplexer.ReadyHandler handler = ops -> {};

        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private int told;
        private boolean ended;

        End(Wire wire) {
            this.wire = wire;
        }

        @Override
        public void onReady(int readyOps) {
            told |= readyOps;
            handler.onReady(readyOps);
        }

        /** What it was told since it was last asked. */
        int takeTold() {
            int taken = told;
            told = 0;
            return taken;
        }

        /** Reads once, and keeps what comes. Returns whether there was something. */
        boolean read() throws IOException {
            ByteBuffer lent = wire.read();
            if (lent == null) {
                return false;
            }
            if (Wire.isEnd(lent)) {
                ended = true;
                return false;
            }
            byte[] bytes = new byte[lent.remaining()];
            lent.get(bytes);
            received.writeBytes(bytes);
            return true;
        }

        String received() {
            return received.toString(StandardCharsets.ISO_8859_1);
        }

        byte[] receivedBytes() {
            return received.toByteArray();
        }

        int receivedCount() {
            return received.size();
        }

        boolean hasEnded() {
            return ended;
        }
    }

    private final List<Wire> opened = new ArrayList<>();
    private final List<Multiplexer> loops = new ArrayList<>();
    private Wires.@Nullable Sides sides;

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        sides = OverEveryWire.Each.wiresOf(test).open();
        loops.add(sides.ours().openMultiplexer(READ_BUFFER_BYTES));
        loops.add(sides.peers().openMultiplexer(READ_BUFFER_BYTES));
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        opened.forEach(Wire::closeSoon);
        turn();
        for (Multiplexer each : loops) {
            each.close();
        }
        ours().close();
        peers().close();
    }

    Network ours() {
        return open().ours();
    }

    Network peers() {
        return open().peers();
    }

    Multiplexer loop() {
        return loops.get(0);
    }

    Multiplexer peersLoop() {
        return loops.get(1);
    }

    /** Another loop of the network under test. */
    Multiplexer newLoop() throws IOException {
        Multiplexer added = ours().openMultiplexer(READ_BUFFER_BYTES);
        loops.add(added);
        return added;
    }

    /** One turn of each loop. */
    void turn() throws IOException {
        for (Multiplexer each : loops) {
            each.poll(0);
            each.dispatch(Multiplexer.ReadyHandler::onReady);
        }
    }

    void until(String what, Bounded.Condition condition) throws IOException {
        Bounded.until(what, condition, this::turn);
    }

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Ends that are each other's peer: the accepted one, of the network under test, comes first. */
    List<End> connect() throws IOException {
        ServerWire server = ours().listen(anyPort(), 16);
        End peer = attach(peers().connect(server.localAddress()), peersLoop(), Wire.CONNECT);
        until("a connection", peer.wire::finishConnect);
        peer.wire.interest(0);
        List<Wire> accepted = new ArrayList<>();
        until("an accepted peer", () -> {
            Wire next = server.accept();
            if (next != null) {
                accepted.add(next);
            }
            return !accepted.isEmpty();
        });
        server.close();
        return List.of(attach(accepted.get(0), loop(), 0), peer);
    }

    End attach(Wire wire, Multiplexer to, int ops) throws IOException {
        End end = new End(wire);
        opened.add(wire);
        wire.interest(ops);
        wire.attach(to, end);
        return end;
    }

    /** Has an end send all of it. */
    void send(End from, String text) throws IOException {
        ByteBuffer bytes = bytes(text);
        until("all of it to be sent", () -> {
            from.wire.write(bytes);
            return from.wire.flush() && !bytes.hasRemaining();
        });
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Has an end receive at least so many bytes. */
    void receive(End at, int bytes) throws IOException {
        until(bytes + " bytes", () -> at.receivedCount() >= bytes || isAtEnd(at));
    }

    void receiveEnd(End at) throws IOException {
        until("the end", () -> isAtEnd(at));
    }

    private static boolean isAtEnd(End at) throws IOException {
        return at.hasEnded() || (!at.read() && at.hasEnded());
    }

    private Wires.Sides open() {
        if (sides == null) {
            throw new IllegalStateException("before the test");
        }
        return sides;
    }
}
