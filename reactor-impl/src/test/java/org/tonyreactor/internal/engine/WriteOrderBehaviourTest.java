package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Output;
import org.tonyreactor.transport.CloseReason.Kind;

/** What is written first is sent first, whichever threads write. */
@Timeout(60)
class WriteOrderBehaviourTest {
    /** Some of no bytes, some beyond what goes at once, some on the heap and some not. */
    private static final int[] PART_BYTES = {3, 0, 300_000, 1, 200_000, 0, 5, 400_000};

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void writesOfManyThreadsArriveUnbrokenAndInOrderPerThread() throws Exception {
        int writers = 4;
        int lines = 2_000;
        ClientFixture client = fixture.connect(fixture.serve(factory));
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");
        ExecutorService threads = Executors.newFixedThreadPool(writers);

        for (int writer = 0; writer < writers; writer++) {
            int name = writer;
            threads.execute(() -> {
                for (int line = 0; line < lines; line++) {
                    protocol.write(name + " " + line + "\n");
                }
            });
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
        protocol.closeConnection();

        int[] next = new int[writers];
        for (String line :
                new String(client.readToEnd(), StandardCharsets.UTF_8).lines().toList()) {
            int space = line.indexOf(' ');
            assertEquals(
                    next[Integer.parseInt(line.substring(0, space))]++,
                    Integer.parseInt(line.substring(space + 1)),
                    line);
        }
        assertArrayEquals(new int[] {lines, lines, lines, lines}, next);
    }

    @OverEveryWire
    void writeOfTheWorkerComesAfterAnEarlierOneOfAnotherThread() throws Exception {
        factory.data((protocol, data) -> {
            onAnotherThread(() -> protocol.write("first "));
            protocol.write("second");
            protocol.closeConnection();
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");

        assertEquals("first second", new String(client.readToEnd(), StandardCharsets.UTF_8));
    }

    @OverEveryWire
    void writeInsideATaskComesAfterAnEarlierOneOfAnotherThread() throws Exception {
        factory.data((protocol, data) -> onAnotherThread(() -> {
            assertTrue(protocol.transport().execute(() -> {
                protocol.write("second");
                protocol.closeConnection();
            }));
            protocol.write("first ");
        }));
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");

        assertEquals("first second", new String(client.readToEnd(), StandardCharsets.UTF_8));
    }

    @OverEveryWire
    void writeOfAnotherThreadCopiesSoThatTheBufferMayBeReused() throws Exception {
        factory.made(protocol -> onAnotherThread(() -> {
            ByteBuffer buffer = ByteBuffer.wrap("good".getBytes(StandardCharsets.UTF_8));
            protocol.write(buffer);
            assertFalse(buffer.hasRemaining());
            buffer.clear().put("evil".getBytes(StandardCharsets.UTF_8));
        }));
        ClientFixture client = fixture.connect(fixture.serve(factory));

        assertEquals("good", client.readText(4));
    }

    /** While the worker is inside a callback. */
    private static void onAnotherThread(Runnable action) {
        CompletableFuture.runAsync(action).join();
    }

    @OverEveryWire
    void partsAreSentInOrder() throws Exception {
        byte[] expected = allParts();
        ByteBuffer[] parts = parts();
        factory.made(protocol -> {
            protocol.write(parts);
            protocol.write();
            protocol.write(new ByteBuffer[0]);
            protocol.write(ByteBuffer.wrap(new byte[] {1}), ByteBuffer.wrap(new byte[] {2}));
            protocol.closeConnection();
        });

        byte[] received = fixture.connect(fixture.serve(factory)).readToEnd();

        assertArrayEquals(expected, Arrays.copyOf(received, expected.length));
        assertArrayEquals(new byte[] {1, 2}, Arrays.copyOfRange(received, expected.length, received.length));
        assertTrue(Stream.of(parts).noneMatch(ByteBuffer::hasRemaining));
    }

    @OverEveryWire
    void partsOfAnotherThreadStayTogether() throws Exception {
        ClientFixture client = fixture.connect(fixture.serve(factory));
        ProtocolFixture.Recorded protocol = factory.next();
        ByteBuffer[] parts = parts();

        protocol.write(parts);
        protocol.closeConnection();

        assertTrue(Stream.of(parts).noneMatch(ByteBuffer::hasRemaining));
        assertArrayEquals(allParts(), client.readToEnd());
    }

    @OverEveryWire
    void partsThatAreTooManyAreAllRefused() throws Exception {
        EndpointSettings settings = EndpointSettings.DEFAULTS.withOutput(
                Output.DEFAULTS.withLowBytes(10).withHighBytes(10).withMaxBytes(10));
        ClientFixture client = fixture.connect(fixture.serve(settings, factory));
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");

        protocol.write(ByteBuffer.allocate(6), ByteBuffer.allocate(6));

        assertEquals(Kind.SLOW_CONSUMER, protocol.awaitLost().kind());
        client.expectReset();
    }

    private static ByteBuffer[] parts() {
        Random random = new Random(4711);
        return IntStream.of(PART_BYTES)
                .mapToObj(bytes -> {
                    byte[] part = new byte[bytes];
                    random.nextBytes(part);
                    return bytes == 300_000
                            ? ByteBuffer.allocateDirect(bytes).put(part).flip()
                            : ByteBuffer.wrap(part);
                })
                .toArray(ByteBuffer[]::new);
    }

    private static byte[] allParts() {
        ByteBuffer all = ByteBuffer.allocate(IntStream.of(PART_BYTES).sum());
        Stream.of(parts()).forEach(all::put);
        return all.array();
    }
}
