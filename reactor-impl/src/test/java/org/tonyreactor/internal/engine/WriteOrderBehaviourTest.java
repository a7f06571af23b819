package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is written first is sent first, whichever threads write. */
@Timeout(60)
class WriteOrderBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @Test
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

    @Test
    void writeOfTheWorkerComesAfterAnEarlierOneOfAnotherThread() throws Exception {
        CountDownLatch inCallback = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        factory.data((protocol, data) -> {
            inCallback.countDown();
            EngineFixture.await(written);
            protocol.write("second");
            protocol.closeConnection();
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");
        EngineFixture.await(inCallback);

        factory.next().write("first ");
        written.countDown();

        assertEquals("first second", new String(client.readToEnd(), StandardCharsets.UTF_8));
    }

    @Test
    void writeInsideATaskComesAfterAnEarlierOneOfAnotherThread() throws Exception {
        CountDownLatch inCallback = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        factory.data((protocol, data) -> {
            inCallback.countDown();
            EngineFixture.await(written);
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");
        EngineFixture.await(inCallback);
        ProtocolFixture.Recorded protocol = factory.next();

        assertTrue(protocol.transport().execute(() -> {
            protocol.write("second");
            protocol.closeConnection();
        }));
        protocol.write("first ");
        written.countDown();

        assertEquals("first second", new String(client.readToEnd(), StandardCharsets.UTF_8));
    }

    @Test
    void writeOfAnotherThreadCopiesSoThatTheBufferMayBeReused() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        factory.made(protocol -> EngineFixture.await(written));
        ClientFixture client = fixture.connect(fixture.serve(factory));
        ByteBuffer buffer = ByteBuffer.wrap("good".getBytes(StandardCharsets.UTF_8));
        ProtocolFixture.Recorded protocol = factory.next();
        eventually(() -> !protocol.events().isEmpty());

        protocol.write(buffer);
        assertFalse(buffer.hasRemaining());
        buffer.clear().put("evil".getBytes(StandardCharsets.UTF_8));
        written.countDown();

        assertEquals("good", client.readText(4));
    }
}
