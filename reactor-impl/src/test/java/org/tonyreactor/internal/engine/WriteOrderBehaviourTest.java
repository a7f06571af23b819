package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.wire.OverEveryWire;

/** What is written first is sent first, whichever threads write. */
@Timeout(60)
class WriteOrderBehaviourTest {
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
}
