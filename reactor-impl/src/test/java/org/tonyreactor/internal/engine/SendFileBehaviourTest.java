package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.internal.engine.wire.Wires;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Output;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Transport;

/** Files that are sent: whole, in order, and never left open. */
@Timeout(60)
class SendFileBehaviourTest {
    private static final int MEBI = 1 << 20;

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    @TempDir
    Path folder;

    private final AtomicInteger ready = new AtomicInteger();
    private final ProtocolFixture factory = new ProtocolFixture().outputReady(protocol -> ready.incrementAndGet());
    private Path path;
    private byte[] content;

    @BeforeEach
    void fill() throws IOException {
        content = new byte[fixture.fitting(16 * MEBI)];
        new Random(4711).nextBytes(content);
        path = Files.write(folder.resolve("content"), content);
    }

    @OverEveryWire
    void goesBehindWhatWasWrittenBeforeAndAheadOfWhatIsWrittenAfter() throws Exception {
        FileChannel file = open();
        factory.made(protocol -> {
            protocol.write("head");
            protocol.transport().sendFile(file, 0, content.length);
            protocol.write("tail");
        });

        ClientFixture client = fixture.connect(fixture.serve(factory));

        assertEquals("head", client.readText(4));
        assertArrayEquals(content, client.read(content.length));
        assertEquals("tail", client.readText(4));
        eventually(() -> !file.isOpen());
    }

    @OverEveryWire
    void isAPartOfTheFile() throws Exception {
        factory.made(protocol -> {
            protocol.transport().sendFile(open(), 1_000, 200);
            protocol.transport().sendFile(open(), 5, 0);
            protocol.transport().sendFile(open(), 10, 3);
            protocol.closeConnection();
        });

        byte[] received = fixture.connect(fixture.serve(factory)).readToEnd();

        assertArrayEquals(concat(part(1_000, 200), part(10, 3)), received);
        assertEquals(Kind.CLOSED_BY_PROTOCOL, factory.next().awaitLost().kind());
    }

    @OverEveryWire
    void countsAsPendingAndMakesUnwritableButIsNoSlowConsumer() throws Exception {
        FileChannel file = open();
        CompletableFuture<Void> checked = new CompletableFuture<>();
        factory.made(protocol -> {
            Transport transport = protocol.transport();
            transport.sendFile(file, 0, content.length);
            assertEquals(content.length, transport.pendingBytes());
            assertFalse(transport.isWritable());
            protocol.write("x"); // Would be too much if the file counted.
            checked.complete(null);
        });

        ClientFixture client = fixture.connect(fixture.serve(marks(1_000, 500), factory));
        EngineFixture.get(checked);
        client.read(content.length + 1);

        ProtocolFixture.Recorded protocol = factory.next();
        eventually(() -> ready.get() == 1);
        assertTrue(protocol.transport().isWritable());
        assertEquals(0, protocol.transport().pendingBytes());
    }

    @OverEveryWire
    void ofAnotherThreadKeepsTheOrderOfItsCalls() throws Exception {
        ClientFixture client = fixture.connect(fixture.serve(marks(1_000, 500), factory));
        Transport transport = made();

        transport.write(bytes("head"));
        transport.sendFile(open(), 0, content.length);
        assertFalse(transport.isWritable());
        transport.write(bytes("tail"));

        assertEquals("head", client.readText(4));
        assertArrayEquals(content, client.read(content.length));
        assertEquals("tail", client.readText(4));
        eventually(() -> ready.get() == 1 && transport.isWritable() && transport.pendingBytes() == 0);
    }

    @OverEveryWire
    void goesOnWhenTheConnectionIsHandedOver() throws Exception {
        CounterFixture first = new CounterFixture("a");
        CounterFixture second = new CounterFixture("b");
        FileChannel file = open();
        first.line(protocol -> protocol.transport().sendFile(file, 0, content.length));
        FactoryBinding old = fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, first);
        ClientFixture client = fixture.connect(old).send("x.");
        assertEquals((char) (content[0] & 0xFF), client.readText(1).charAt(0));

        assertTrue(fixture.engine().closeForSuccessor(List.of(old)));
        fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, second);
        eventually(() -> !second.all().isEmpty());
        Transport next = second.all().get(0).transport();
        assertTrue(next.pendingBytes() > 0);
        assertFalse(next.isWritable());

        assertArrayEquals(part(1, content.length - 1), client.read(content.length - 1));
        assertEquals("a1x", client.readText(3));
        eventually(() -> !file.isOpen() && next.isWritable() && next.pendingBytes() == 0);
        assertEquals(List.of("resume", "outputReady"), second.all().get(0).calls());
    }

    @OverEveryWire
    void isClosedWhenTheConnectionEnds() throws Exception {
        FileChannel file = open();
        FileChannel behind = open();
        factory.made(protocol -> {
            protocol.transport().sendFile(file, 0, content.length);
            protocol.transport().sendFile(behind, 0, content.length);
        });
        ClientFixture client = fixture.connect(fixture.serve(factory));
        client.read(1);

        client.reset();

        factory.next().awaitLost();
        eventually(() -> !file.isOpen() && !behind.isOpen());
    }

    @OverEveryWire
    void isClosedAtOnceWhenNothingCanBeSent() throws Exception {
        ClientFixture client = fixture.connect(fixture.serve(factory));
        Transport transport = made();
        FileChannel shut = open();
        FileChannel lost = open();

        transport.shutdownOutput();
        transport.sendFile(shut, 0, content.length);
        assertFalse(shut.isOpen());
        client.expectEnd();
        client.finish();
        factory.all().get(0).awaitLost();
        transport.sendFile(lost, 0, content.length);

        assertFalse(lost.isOpen());
        assertEquals(0, transport.pendingBytes());
    }

    @OverEveryWire
    void thatWaitsForTheWorkerIsClosedWhenTheConnectionEndsFirst() throws Exception {
        FileChannel file = open();
        factory.data((protocol, data) -> {
            protocol.take(data);
            protocol.transport().execute(() -> {});
            protocol.transport().sendFile(file, 0, content.length); // Behind the task, in the inbox.
            protocol.abortConnection();
        });

        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");

        client.expectReset();
        factory.next().awaitLost();
        assertFalse(file.isOpen());
    }

    @OverEveryWire
    void thatHasBecomeShorterEndsTheConnectionWithReset() throws Exception {
        FileChannel file = open();
        factory.made(protocol -> protocol.transport().sendFile(file, 0, content.length + 1L));
        ClientFixture client = fixture.connect(fixture.serve(factory));

        client.expectReset();

        CloseReason why = factory.next().awaitLost();
        assertEquals(Kind.IO_ERROR, why.kind());
        assertInstanceOf(EOFException.class, why.cause());
        assertFalse(file.isOpen());
    }

    @OverEveryWire
    void isTheCallersWhenItIsRefused() throws Exception {
        fixture.connect(fixture.serve(factory));
        Transport transport = made();
        try (FileChannel file = open();
                FileChannel unreadable = FileChannel.open(path, StandardOpenOption.WRITE)) {
            refuses("-1", () -> transport.sendFile(file, -1, 1));
            refuses("-1", () -> transport.sendFile(file, 1, -1));
            refuses("part of a file", () -> transport.sendFile(file, Long.MAX_VALUE, 1));
            refuses("open for reading", () -> transport.sendFile(unreadable, 0, 1));
            assertTrue(file.isOpen() && unreadable.isOpen());
        }
        FileChannel closed = open();
        closed.close();
        refuses("open for reading", () -> transport.sendFile(closed, 0, 1));
        URI zip = URI.create("jar:" + folder.resolve("some.zip").toUri());
        try (FileSystem other = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path inside = Files.write(other.getPath("inside"), content);
            try (FileChannel file = FileChannel.open(inside)) {
                refuses("default file system", () -> transport.sendFile(file, 0, 1));
                assertTrue(file.isOpen());
            }
        }
    }

    /** A turn of the loop reads no more of a file than its bound, however much the wire would take. */
    @Test
    void oneTurnSendsNoMoreThanItsBound() throws Exception {
        try (SteppedFixture stepped = new SteppedFixture(1, Wires.NIO)) {
            factory.made(protocol -> {
                for (int i = 0; i < 4; i++) {
                    protocol.transport().sendFile(open(), 0, MEBI / 2 + 1);
                }
            });
            FactoryBinding binding = stepped.bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, factory);
            stepped.connect(binding);

            stepped.until("the first bytes", () -> binding.bytesOut() > 0);
            long first = binding.bytesOut();
            stepped.step();

            assertTrue(first <= MEBI, first + " bytes in the first turn");
            assertTrue(binding.bytesOut() - first <= MEBI, binding.bytesOut() + " bytes in two turns");
        }
    }

    private Transport made() throws InterruptedException {
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");
        return protocol.transport();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(path);
    }

    private byte[] part(int from, int count) {
        return Arrays.copyOfRange(content, from, from + count);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static EndpointSettings marks(int high, int low) {
        return EndpointSettings.DEFAULTS.withOutput(
                Output.DEFAULTS.withHighBytes(high).withLowBytes(low).withMaxBytes(high));
    }

    private static void refuses(String word, Executable call) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, call).getMessage());
        assertTrue(message.contains(word), message);
    }
}
