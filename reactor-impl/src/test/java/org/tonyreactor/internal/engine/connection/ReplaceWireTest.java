package org.tonyreactor.internal.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.Bounded;
import org.tonyreactor.internal.engine.accept.ConnectionPool;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.loop.Owner;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.internal.engine.wire.Rot13Wire;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.internal.engine.wire.WireDecorator;
import org.tonyreactor.internal.engine.wire.Wires;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason;

/** A connection whose wire is replaced by one over it. */
class ReplaceWireTest {
    private static final String QUESTION = "uryyb"; // What says hello to a protocol over the second wire.

    @RegisterExtension
    final Stage stage = new Stage();

    @OverEveryWire
    void bytesGoThroughTheNextWireBothWays() throws IOException {
        stage.replace();

        stage.send(QUESTION);
        stage.until("the question", () -> stage.protocol.taken.toString().equals("hello"));
        stage.protocol.write("answer");

        stage.receive("nafjre");
    }

    @OverEveryWire
    void whatWasReadAndNotUsedGoesToTheNextWire() throws IOException {
        stage.protocol.takes = false;
        stage.send(QUESTION);
        stage.until("the question", () -> stage.connection.unreadBytes() == QUESTION.length());
        stage.protocol.takes = true;

        stage.replace();
        stage.until("the question again", () -> stage.protocol.taken.toString().equals("hello"));

        assertFalse(stage.connection.hasUnread());
        stage.send(QUESTION);
        stage.until("another one", () -> stage.protocol.taken.toString().equals("hellohello"));
    }

    @OverEveryWire
    void whatThePeerSendsMeanwhileGoesToTheNextWire() throws IOException {
        stage.send("plain ");
        stage.until("something", () -> stage.protocol.taken.toString().equals("plain "));
        stage.send(QUESTION);

        stage.replace();

        stage.until("the question", () -> stage.protocol.taken.toString().equals("plain hello"));
    }

    @OverEveryWire
    void pendingOutputOfThePresentWireGoesFirst() throws IOException {
        String plain = "plain".repeat(stage.wires.runsThreads() ? 2_000_000 : 200_000);
        stage.protocol.write(plain);
        assertTrue(stage.connection.hasPending());
        long before = stage.connection.pendingBytes();

        stage.replace();
        assertEquals(before, stage.connection.pendingBytes());
        stage.protocol.write("answer");

        stage.receive(plain + "nafjre");
        stage.until("all sent", () -> !stage.connection.hasPending());
        stage.protocol.write("answer");
        stage.receive("nafjre");
    }

    @OverEveryWire
    void pendingOutputOfThePresentWireOccupiesMemoryOnceUntilItHasGone() throws IOException {
        String plain = "plain".repeat(stage.wires.runsThreads() ? 2_000_000 : 200_000);
        stage.protocol.write(plain);
        long before = stage.connection.memoryBytes();
        assertTrue(before >= stage.connection.pendingBytes());
        assertEquals(before, stage.connection.memory().usedBytes());

        stage.replace();

        assertEquals(before, stage.connection.memoryBytes());
        assertEquals(before, stage.connection.memory().usedBytes());
        stage.receive(plain);
        stage.until("all sent", () -> !stage.connection.hasPending());
        assertEquals(0, stage.connection.memoryBytes());
        assertEquals(0, stage.connection.memory().usedBytes());
        assertEquals(0, stage.connection.memory().holders());
    }

    @OverEveryWire
    void protocolIsToldOfTheFallOfOutputThatThePresentWireHadPending() throws IOException {
        String plain = "plain".repeat(stage.wires.runsThreads() ? 2_000_000 : 200_000);
        stage.protocol.write(plain);

        stage.replace();
        stage.receive(plain);

        stage.until("the fall", () -> stage.protocol.events.contains("outputReady"));
    }

    @OverEveryWire
    void closeSendsAllThatIsPendingFirst() throws IOException {
        String plain = "plain".repeat(stage.wires.runsThreads() ? 2_000_000 : 200_000);
        stage.protocol.write(plain);
        stage.replace();
        stage.protocol.write("answer");
        stage.protocol.closeConnection();

        stage.receive(plain + "nafjre");
        stage.until("the end", stage::hasEnded);
        stage.until("the protocol's end", () -> stage.protocol.events.contains("lost CLOSED_BY_PROTOCOL"));
    }

    @OverEveryWire
    void partsGoToTheWireInOneWrite() throws IOException {
        List<Integer> writes = new ArrayList<>();
        stage.connection.replaceWire((present, unread) -> new CountingWire(present, writes));

        stage.protocol.write(ascii("head "), ascii("and "), ascii("body"));

        assertEquals(List.of(3), writes);
        stage.receive("head and body");
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Keeps how many parts each write has. */
    private record CountingWire(Wire below, List<Integer> writes) implements WireDecorator {
        @Override
        public int write(ByteBuffer part) throws IOException {
            writes.add(1);
            return below.write(part);
        }

        @Override
        public long write(ByteBuffer[] parts, int from, int count) throws IOException {
            writes.add(count);
            return below.write(parts, from, count);
        }

        @Override
        public long writeFile(FileChannel file, long position, long count) throws IOException {
            return below.writeFile(file, position, count);
        }

        @Override
        public long unsentBytes() {
            return below.unsentBytes();
        }

        @Override
        public boolean flush() throws IOException {
            return below.flush();
        }
    }

    @OverEveryWire
    void halfCloseOfThePeerPassesThrough() throws IOException {
        stage.replace();
        stage.send(QUESTION);
        stage.peer().shutdownOutput();

        stage.until("the end of input", () -> stage.protocol.events.contains("inputEnded"));
        assertEquals("hello", stage.protocol.taken.toString());
        stage.protocol.write("answer");
        stage.receive("nafjre");
    }

    @OverEveryWire
    void halfCloseOfTheProtocolPassesThrough() throws IOException {
        stage.replace();
        stage.protocol.write("answer");
        stage.protocol.transport().shutdownOutput();

        stage.receive("nafjre");
        stage.until("the end", stage::hasEnded);
        stage.send(QUESTION);
        stage.until("the question", () -> stage.protocol.taken.toString().equals("hello"));
    }

    @OverEveryWire
    void resetOfThePeerPassesThrough() throws IOException {
        stage.replace();
        stage.peer().reset();

        stage.until("the reset", () -> stage.protocol.events.contains("lost RESET"));
    }

    @OverEveryWire
    void resetOfTheProtocolPassesThrough() throws IOException {
        stage.replace();
        stage.protocol.abortConnection();

        stage.until("the reset", stage::wasReset);
    }

    @OverEveryWire
    void pausedReadingStaysPaused() throws IOException {
        stage.protocol.transport().pauseReading();
        stage.replace();
        stage.send(QUESTION);
        for (int i = 0; i < 20; i++) {
            stage.turn();
        }
        assertEquals("", stage.protocol.taken.toString());

        stage.protocol.transport().resumeReading();

        stage.until("the question", () -> stage.protocol.taken.toString().equals("hello"));
    }

    /** Takes what comes, or leaves it. */
    private static final class Taking extends Protocol {
        final StringBuilder taken = new StringBuilder();
        final List<String> events = new ArrayList<>();
        boolean takes = true;

        @Override
        public void dataReceived(ByteBuffer data) {
            if (takes) {
                taken.append(StandardCharsets.ISO_8859_1.decode(data));
            }
        }

        @Override
        public void inputEnded(ByteBuffer rest) {
            events.add("inputEnded");
        }

        @Override
        public void outputReady() {
            events.add("outputReady");
        }

        @Override
        public void connectionLost(CloseReason why) {
            events.add("lost " + why.kind());
        }
    }

    /** One connection on a stepped worker, and its peer. */
    private static final class Stage implements BeforeEachCallback, AfterEachCallback {
        final Taking protocol = new Taking();
        final Connection connection;
        Wires wires = Wires.NIO;

        private final StringBuilder received = new StringBuilder();
        private final List<Multiplexer> loops = new ArrayList<>();
        private @Nullable EventLoop loop;
        private @Nullable Wire peer;
        private boolean ended;
        private boolean wasReset;

        Stage() {
            Connection leased = new ConnectionPool(Owner.ANYONE, 1, 1).acquire();
            if (leased == null) {
                throw new IllegalStateException("an empty pool");
            }
            connection = leased;
        }

        @Override
        public void beforeEach(ExtensionContext test) throws IOException {
            wires = OverEveryWire.Each.wiresOf(test);
            Wires.Sides sides = wires.open();
            Network.Pair loopback = sides.ours().openPairs(1).get(0);
            EventLoop started = new EventLoop(
                    "worker", new ManualClock(1_000_000_000), sides.ours().openMultiplexer(4_096));
            loop = started;
            Worker worker = new Worker(0, started, sides.ours(), new RefusedPeers(), loopback.first());
            loops.add(sides.ours().openMultiplexer(4_096));
            loopback.second().attach(loops.get(0), ops -> {});
            loops.add(sides.peers().openMultiplexer(1 << 16));
            started.runOnce(started.clock().nanoTime());
            connection.assign(accept(sides));
            FactoryBinding binding =
                    new FactoryBinding(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, made -> protocol, 1);
            connection.assign(1, binding, 0);
            worker.onAdopt(connection);
        }

        private Wire accept(Wires.Sides sides) throws IOException {
            ServerWire server = sides.ours().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            Wire connecting = sides.peers().connect(server.localAddress());
            peer = connecting;
            connecting.interest(Wire.CONNECT);
            connecting.attach(loops.get(1), ops -> {});
            List<Wire> accepted = new ArrayList<>();
            until("a connection", connecting::finishConnect);
            connecting.interest(0);
            until("an accepted peer", () -> {
                Wire next = server.accept();
                if (next != null) {
                    accepted.add(next);
                }
                return next != null;
            });
            server.close();
            return accepted.get(0);
        }

        Wire peer() {
            return Slot.required(peer);
        }

        void replace() throws IOException {
            connection.replaceWire(Rot13Wire::new);
        }

        void send(String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            until("the peer's bytes sent", () -> {
                peer().write(bytes);
                return !bytes.hasRemaining() && peer().flush();
            });
        }

        /** Waits until the peer has received this, and nothing else. */
        void receive(String expected) throws IOException {
            until(expected.length() + " characters", () -> {
                look();
                return received.length() >= expected.length() || ended || wasReset;
            });
            assertEquals(expected.length(), received.length());
            assertTrue(expected.contentEquals(received), "other bytes have come");
            received.setLength(0);
        }

        boolean hasEnded() {
            look();
            return ended;
        }

        boolean wasReset() {
            look();
            return wasReset;
        }

        private void look() {
            try {
                ByteBuffer lent = ended || wasReset ? null : peer().read();
                if (lent != null) {
                    ended = Wire.isEnd(lent);
                    received.append(StandardCharsets.ISO_8859_1.decode(lent));
                }
            } catch (IOException e) {
                wasReset = true;
            }
        }

        void turn() throws IOException {
            EventLoop stepped = Slot.required(loop);
            stepped.runOnce(stepped.clock().nanoTime());
            for (Multiplexer each : loops) {
                each.poll(0);
                each.dispatch(Multiplexer.ReadyHandler::onReady);
            }
        }

        void until(String what, Bounded.Condition condition) throws IOException {
            Bounded.until(what, condition, this::turn);
        }

        @Override
        public void afterEach(ExtensionContext test) throws IOException {
            peer().closeSoon();
            Slot.required(loop).stop();
            for (Multiplexer each : loops) {
                each.close();
            }
        }
    }
}
