package org.tonyreactor.internal.engine.wire.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;

/** What a network in memory does badly on demand, and the bounds that it has. */
class MemoryNetworkTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final List<Integer> told = new ArrayList<>();

    @Test
    void recordsLieInTheWireAndNoPollTellsOfThem() throws IOException {
        MemoryNetwork network = new MemoryNetwork(MemorySettings.PLAIN.withRecordBytes(4));
        Multiplexer loop = network.openMultiplexer(100);
        Wire wire = pairOn(network, loop).second();
        wire.interest(Wire.READ);
        sendFromPeer("onceupon");
        assertEquals(List.of(Wire.READ), turn(loop));

        assertEquals("once", text(wire.read()));
        assertTrue(wire.hasMore());
        assertEquals(List.of(), turn(loop));
        assertEquals("upon", text(wire.read()));
        assertFalse(wire.hasMore());
        assertNull(wire.read());
    }

    @Test
    void endLiesInTheWireBehindItsRecords() throws IOException {
        MemoryNetwork network = new MemoryNetwork(MemorySettings.PLAIN.withRecordBytes(4));
        Multiplexer loop = network.openMultiplexer(100);
        Wire wire = pairOn(network, loop).second();
        wire.interest(Wire.READ);
        sendFromPeer("once");
        peer().shutdownOutput();
        turn(loop);

        assertEquals("once", text(wire.read()));
        assertTrue(wire.hasMore());
        assertEquals(List.of(), turn(loop));
        assertTrue(Wire.isEnd(notNull(wire.read())));
        assertFalse(wire.hasMore());
        assertNull(wire.read());
    }

    @Test
    void readLendsOneByteAtATimeAndThePollTellsOfTheNext() throws IOException {
        MemoryNetwork network = new MemoryNetwork(MemorySettings.PLAIN.withReadBytes(1));
        Multiplexer loop = network.openMultiplexer(100);
        Wire wire = pairOn(network, loop).second();
        wire.interest(Wire.READ);
        sendFromPeer("ab");

        assertEquals("a", text(wire.read()));
        assertFalse(wire.hasMore());
        assertEquals(List.of(Wire.READ), turn(loop));
        assertEquals("b", text(wire.read()));
    }

    @Test
    void writeTakesAPartOnly() throws IOException {
        MemoryNetwork network = new MemoryNetwork(MemorySettings.PLAIN.withWriteBytes(10));
        Wire wire = pairOn(network, network.openMultiplexer(100)).second();

        assertEquals(10, wire.write(ByteBuffer.allocate(100)));
        ByteBuffer[] parts = {ByteBuffer.allocate(7), ByteBuffer.allocate(7)};
        assertEquals(10, wire.write(parts, 0, 2));
        assertEquals(4, parts[1].remaining());
    }

    @Test
    void outputStaysInTheWireUntilItIsFlushed() throws IOException {
        MemoryNetwork network = new MemoryNetwork(MemorySettings.PLAIN.withFlushBytes(10));
        Multiplexer loop = network.openMultiplexer(100);
        Wire wire = pairOn(network, loop).second();

        assertEquals(25, wire.write(ByteBuffer.allocate(25)));
        wire.shutdownOutput();

        assertEquals(25, wire.unsentBytes());
        assertNull(peer().read());
        assertFalse(wire.flush());
        assertEquals(10, notNull(peer().read()).remaining());
        assertFalse(wire.flush());
        assertTrue(wire.flush());
        assertEquals(15, notNull(peer().read()).remaining());
        assertTrue(Wire.isEnd(notNull(peer().read())));
    }

    @Test
    void outputThatIsNotFlushedIsLostAtTheEnd() throws IOException {
        MemoryNetwork network = new MemoryNetwork(MemorySettings.PLAIN.withFlushBytes(10));
        Multiplexer loop = network.openMultiplexer(100);
        Wire wire = pairOn(network, loop).second();
        wire.write(ByteBuffer.allocate(25));
        wire.flush();
        wire.closeSoon();
        turn(loop);

        assertEquals(10, notNull(peer().read()).remaining());
        assertTrue(Wire.isEnd(notNull(peer().read())));
    }

    @Test
    void detachedWireIsToldForTurns() throws IOException {
        MemoryNetwork network = new MemoryNetwork(MemorySettings.PLAIN.withDetachPolls(3));
        Multiplexer loop = network.openMultiplexer(100);
        Wire wire = pairOn(network, loop).second();
        wire.interest(Wire.READ);
        sendFromPeer("x");
        wire.detach(() -> told.add(-1));

        assertEquals(List.of(Wire.READ), turn(loop));
        assertEquals(List.of(Wire.READ), turn(loop));
        assertEquals(List.of(-1), turn(loop));
        assertEquals(List.of(), turn(loop));
        assertFalse(loop.isDue());
    }

    @Test
    void pipeIsBounded() throws IOException {
        MemoryNetwork network = new MemoryNetwork();
        Multiplexer loop = network.openMultiplexer(100);
        Wire wire = pairOn(network, loop).second();
        wire.interest(Wire.WRITE);

        assertEquals(1 << 16, wire.write(ByteBuffer.allocate(1 << 20)));
        assertEquals(0, wire.write(ByteBuffer.allocate(1)));
        assertEquals(List.of(), turn(loop));
        assertEquals(100, notNull(peer().read()).remaining());

        assertEquals(List.of(Wire.WRITE), turn(loop));
        assertEquals(100, wire.write(ByteBuffer.allocate(1 << 20)));
    }

    @Test
    void fullBacklogGivesNoAnswerUntilThereIsRoom() throws IOException {
        MemoryNetwork network = new MemoryNetwork();
        Multiplexer loop = network.openMultiplexer(100);
        ServerWire server = network.listen(ANY_PORT, 1);
        Wire first = connecting(network, server, loop);
        Wire second = connecting(network, server, loop);

        assertFalse(first.finishConnect(), "before a poll");
        assertEquals(List.of(Wire.CONNECT), turn(loop));
        assertTrue(first.finishConnect());
        assertFalse(second.finishConnect());
        assertNotNull(server.accept());
        assertNull(server.accept());

        turn(loop);
        assertTrue(second.finishConnect());
    }

    @Test
    void neighboursShareAddressesAndBehaveInTheirOwnWay() throws IOException {
        MemoryNetwork bad = new MemoryNetwork(MemorySettings.PLAIN.withReadBytes(1));
        MemoryNetwork good = bad.neighbour(MemorySettings.PLAIN);
        Multiplexer loop = bad.openMultiplexer(100);
        ServerWire server = bad.listen(ANY_PORT, 1);
        Wire theirs = connecting(good, server, loop);
        turn(loop);
        assertTrue(theirs.finishConnect());
        Wire ours = notNull(server.accept());
        ours.attach(loop, told::add);
        theirs.write(ByteBuffer.allocate(2));
        ours.write(ByteBuffer.allocate(2));

        assertEquals(1, notNull(ours.read()).remaining());
        assertEquals(2, notNull(theirs.read()).remaining());
        assertThrows(IOException.class, () -> good.listen((InetSocketAddress) server.localAddress(), 1));
    }

    @Test
    void wireThatCouldNeverMoveAByteIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> MemorySettings.PLAIN.withReadBytes(0));
        assertThrows(IllegalArgumentException.class, () -> MemorySettings.PLAIN.withPipeBytes(0));
        assertThrows(IllegalArgumentException.class, () -> MemorySettings.PLAIN.withDetachPolls(0));
    }

    private Network.@Nullable Pair open;

    /** Opens a pair, of which the second one is told of; the first one is its peer. */
    private Network.Pair pairOn(MemoryNetwork network, Multiplexer loop) throws IOException {
        Network.Pair pair = network.openPairs(1).get(0);
        pair.first().attach(loop, ops -> {});
        pair.second().attach(loop, told::add);
        open = pair;
        return pair;
    }

    private Wire peer() {
        return notNull(open).first();
    }

    private void sendFromPeer(String text) throws IOException {
        peer().write(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        peer().flush();
    }

    private Wire connecting(MemoryNetwork network, ServerWire server, Multiplexer loop) throws IOException {
        Wire wire = network.connect(server.localAddress());
        wire.interest(Wire.CONNECT);
        wire.attach(loop, told::add);
        return wire;
    }

    /** One turn, and what was told in it. */
    private List<Integer> turn(Multiplexer loop) throws IOException {
        told.clear();
        loop.poll(0);
        loop.dispatch(Multiplexer.ReadyHandler::onReady);
        return List.copyOf(told);
    }

    private static String text(@Nullable ByteBuffer lent) {
        return java.nio.charset.StandardCharsets.US_ASCII.decode(notNull(lent)).toString();
    }

    private static <T> T notNull(@Nullable T value) {
        assertNotNull(value);
        return value;
    }
}
