package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.EngineSettings.Memory;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.ConnectionView;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.reactor.EndpointSettings.Output;
import org.tonyreactor.reactor.Group;
import org.tonyreactor.reactor.GroupSettings;
import org.tonyreactor.transport.CloseReason.Kind;

/** What waits in the engine for somebody counts, is bounded, and is paid for by those who cause it. */
@Timeout(60)
class MemoryBehaviourTest {
    private static final int KIBI = 1 << 10;
    private static final int MEBI = 1 << 20;

    /** More than any wire takes of a peer that does not read. */
    private static final int UNREAD_BYTES = 16 * MEBI;

    private static final EndpointSettings ROOMY = EndpointSettings.DEFAULTS
            .withOutput(Output.DEFAULTS.withMaxBytes(1L << 30).withPauseReading(false))
            .withLimits(Limits.DEFAULTS.withInputMaxBytes(8 * MEBI));

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void pendingOutputCountsByWhatItOccupies() throws Exception {
        start(64 * MEBI, 100);
        factory.made(protocol -> protocol.write(new byte[UNREAD_BYTES]));
        ClientFixture client = fixture.connect(fixture.serve(ROOMY, factory));
        factory.next().awaitEvent("made");
        eventually(() -> view(0).memoryBytes() == used()); // When nothing moves any more.
        long pending = view(0).pendingBytes();

        assertTrue(used() >= pending, used() + " bytes for " + pending);
        assertTrue(used() <= pending + pending / 16 + 4 * KIBI, used() + " bytes for " + pending);
        assertEquals(UNREAD_BYTES, client.read(UNREAD_BYTES).length);
        eventually(() -> used() == 0);
    }

    @OverEveryWire
    void buffersOfTheEngineAndThoseThatTheSystemCopiesFromCount() throws Exception {
        start(64 * MEBI, 100);
        long before = own;

        fixture.engine().update(EngineFixture.ONE_WORKER.withMemory(new Memory(64 * MEBI, 100)));

        assertEquals(before, fixture.engine().view().memory().usedBytes());
        long read = EngineFixture.ONE_WORKER.readBufferBytes();
        long tokens = 4_096 * Long.BYTES;
        assertEquals(read + tokens + fixture.writeBufferBytes(), before);
    }

    @OverEveryWire
    void unreadInputCountsByWhatItOccupies() throws Exception {
        start(64 * MEBI, 100);
        factory.data((protocol, data) -> {
            if (data.remaining() > 1) {
                protocol.take(data);
                protocol.write("!");
            }
        });
        ClientFixture client = fixture.connect(fixture.serve(ROOMY, factory)).send("x");

        eventually(() -> used() > 256);
        assertEquals(used(), view(0).memoryBytes());
        client.send("y").read(1);
        eventually(() -> used() == 0);
    }

    @OverEveryWire
    void whatWaitsOfAConnectionThatEndsIsLetGo() throws Exception {
        start(64 * MEBI, 100);
        factory.data((protocol, data) -> protocol.write(new byte[UNREAD_BYTES]));
        List<ClientFixture> clients = new ArrayList<>();
        FactoryBinding binding = fixture.serve(ROOMY, factory);
        for (int i = 0; i < 3; i++) {
            clients.add(fixture.connect(binding).send("x"));
        }
        eventually(() -> used() > 3 * 4 * MEBI);

        for (ClientFixture client : clients) {
            client.reset();
        }

        eventually(() -> used() == 0);
    }

    @OverEveryWire
    void stateOfASuspendedProtocolCounts() throws Exception {
        start(64 * MEBI, 100);
        CounterFixture first = new CounterFixture("a");
        FactoryBinding binding = fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, first);
        ClientFixture client = fixture.connect(binding);
        client.send("x.").readText(3);

        fixture.engine().closeForSuccessor(List.of(binding));

        assertTrue(used() > 100, used() + " bytes");
        assertEquals(used(), view(0).memoryBytes());
        fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, new CounterFixture("b"));
        assertEquals("b2y", client.send("y.").readText(3));
        eventually(() -> used() == 0);
    }

    @OverEveryWire
    void membershipsCount() throws Exception {
        start(64 * MEBI, 100);
        Group group = fixture.engine().newReactor().group("a name", GroupSettings.DEFAULTS);
        factory.made(protocol -> group.add(protocol.transport()));
        ClientFixture client = fixture.connect(fixture.serve(factory));

        eventually(() -> group.size() == 1);
        assertTrue(used() > 0);
        client.close();
        eventually(() -> used() == 0);
    }

    @OverEveryWire
    void whatIsWrittenToAGroupCountsOnceForAWorker() throws Exception {
        start(64 * MEBI, 100);
        Group group = fixture.engine().newReactor().group("all", GroupSettings.DEFAULTS);
        factory.made(protocol -> group.add(protocol.transport()));
        FactoryBinding binding = fixture.serve(ROOMY, factory);
        List<ClientFixture> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(fixture.connect(binding));
        }
        eventually(() -> group.size() == 3);

        group.write(ByteBuffer.allocate(UNREAD_BYTES));

        eventually(() -> fixture.engine().control().connections().stream().allMatch(each -> each.pendingBytes() > 0));
        assertTrue(used() >= UNREAD_BYTES, used() + " bytes");
        assertTrue(used() < UNREAD_BYTES + 300 * KIBI, used() + " bytes"); // Of each some is in its wire.
        for (ClientFixture client : clients) {
            client.read(UNREAD_BYTES);
        }
        eventually(() -> clients.size() == 3 && used() < KIBI);
    }

    @OverEveryWire
    void nothingIsReadFromThoseThatAreOwedOutputWhileMemoryIsHigh() throws Exception {
        start(64 * MEBI, 10);
        factory.data((protocol, data) -> {
            protocol.take(data);
            if (protocol.received().equals("x")) {
                protocol.write(new byte[UNREAD_BYTES]);
            } else {
                protocol.write("!");
            }
        });
        FactoryBinding binding = fixture.serve(ROOMY, factory);
        ClientFixture owed = fixture.connect(binding).send("x");
        eventually(() -> isHigh());
        owed.send("y");

        assertEquals("!", fixture.connect(binding).send("honest").readText(1));

        assertEquals("x", factory.all().get(0).received());
        owed.read(UNREAD_BYTES);
        assertEquals("!", owed.readText(1));
        assertFalse(isHigh());
    }

    @OverEveryWire
    void smallFrameIsCompletedWhileALargeOneWaits() throws Exception {
        start(8 * MEBI, 20);
        factory.data((protocol, data) -> {
            if (data.get(data.position()) == 's' && data.get(data.limit() - 1) == 's' && data.remaining() > 1) {
                protocol.take(data);
                protocol.write("!");
            }
        });
        FactoryBinding binding = fixture.serve(ROOMY, factory);
        ClientFixture small = fixture.connect(binding).send("s");
        ClientFixture large = fixture.connect(binding).send(new byte[MEBI + 1]);
        eventually(() -> isHigh());
        large.send(new byte[10]);

        assertEquals("!", small.send("s").readText(1));

        long unread = view(1).unreadBytes();
        assertTrue(unread < MEBI + 1 + 10, unread + " bytes were read");
        assertEquals(0, fixture.engine().view().memory().ended());
    }

    @OverEveryWire
    void largestIsEndedAtTheBoundAndTheOthersAreServed() throws Exception {
        start(24 * MEBI, 75);
        factory.data((protocol, data) -> {
            int bytes = data.get(data.position()) == 'l' ? UNREAD_BYTES : 10 * KIBI;
            protocol.take(data);
            protocol.write(new byte[bytes]);
        });
        FactoryBinding binding = fixture.serve(ROOMY, factory);
        ClientFixture small = fixture.connect(binding);
        ClientFixture first = fixture.connect(binding).send("l");
        eventually(() -> fixture.engine().control().connections().size() == 2 && used() > 8 * MEBI);
        ClientFixture second = fixture.connect(binding).send("l");

        for (int i = 0; i < 20; i++) {
            assertEquals(10 * KIBI, small.send("s").read(10 * KIBI).length);
        }

        eventually(() -> fixture.engine().view().memory().ended() == 1);
        assertTrue(used() <= fixture.engine().view().memory().maxBytes());
        long lost = factory.all().stream()
                .filter(ProtocolFixture.Recorded::isLost)
                .peek(each -> assertEquals(Kind.MEMORY, reasonOf(each)))
                .count();
        assertEquals(1, lost);
        first.close();
        second.close();
        eventually(() -> used() == 0);
    }

    @OverEveryWire
    void oneThatAsksForMoreThanThereIsEndsItself() throws Exception {
        start(4 * MEBI, 75);
        factory.data((protocol, data) -> {
            protocol.take(data);
            protocol.write(new byte[UNREAD_BYTES]);
            assertEquals(0, protocol.transport().pendingBytes());
        });

        fixture.connect(fixture.serve(ROOMY, factory)).send("x").expectReset();

        assertEquals(Kind.MEMORY, factory.next().awaitLost().kind());
        eventually(() -> used() == 0);
    }

    @OverEveryWire
    void writeOfAnotherThreadThatThereIsNoMemoryForEndsItsConnection() throws Exception {
        start(4 * MEBI, 75);
        fixture.connect(fixture.serve(ROOMY, factory)).send("x");
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("data");

        protocol.transport().write(ByteBuffer.allocate(UNREAD_BYTES));

        assertFalse(protocol.transport().isOpen());
        assertEquals(Kind.MEMORY, protocol.awaitLost().kind());
        eventually(() -> used() == 0);
    }

    @OverEveryWire
    void boundIsChangedLive() throws Exception {
        start(64 * MEBI, 75);
        factory.data((protocol, data) -> {
            protocol.take(data);
            protocol.write(new byte[UNREAD_BYTES]);
        });
        fixture.connect(fixture.serve(ROOMY, factory)).send("x");
        eventually(() -> used() > 4 * MEBI);

        fixture.engine().update(settings(4 * MEBI, 75));

        assertEquals(Kind.MEMORY, factory.next().awaitLost().kind());
        assertEquals(4 * MEBI, fixture.engine().view().memory().maxBytes());
        eventually(() -> used() == 0);
    }

    private static Kind reasonOf(ProtocolFixture.Recorded lost) {
        try {
            return lost.awaitLost().kind();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void start(long maxBytes, int highPercent) throws IOException {
        fixture.start(settings(maxBytes, highPercent));
        own = fixture.engine().view().memory().usedBytes();
    }

    private static EngineSettings settings(long maxBytes, int highPercent) {
        return EngineFixture.ONE_WORKER.withMemory(new Memory(maxBytes, highPercent));
    }

    /** What the engine's own buffers occupy. */
    private long own;

    /** What is occupied beside the engine's own buffers. */
    private long used() throws IOException {
        return fixture.engine().view().memory().usedBytes() - own;
    }

    private boolean isHigh() throws IOException {
        EngineView.MemoryView memory = fixture.engine().view().memory();
        return memory.usedBytes() > memory.highBytes();
    }

    private ConnectionView view(int index) throws IOException {
        return fixture.engine().control().connections().get(index);
    }
}
