package org.tonyreactor.internal.engine.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tonyreactor.internal.engine.Bounded;
import org.tonyreactor.internal.engine.Trespass;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.loop.MemoryBudget;
import org.tonyreactor.internal.engine.loop.RecordingMultiplexer;
import org.tonyreactor.internal.engine.wire.nio.NioPair;

class PendingOutputTest {
    private final EventLoop loop =
            Trespass.owned(new EventLoop("worker", new ManualClock(), new RecordingMultiplexer()));
    private final PendingOutput output = new PendingOutput(loop.memory());
    /** A pair of connected sockets. */
    private final NioPair pair;

    PendingOutputTest() throws IOException {
        pair = NioPair.open();
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
    }

    @Test
    void takesAllOfABufferAndCopiesIt() throws IOException {
        byte[] array = {1, 2, 3};
        ByteBuffer data = ByteBuffer.wrap(array);

        output.add(data);
        array[0] = 9;

        assertFalse(data.hasRemaining());
        assertEquals(3, output.bytes());
        output.flush(pair.workerWire());
        assertArrayEquals(new byte[] {1, 2, 3}, receive(3));
    }

    @Test
    void flushesNothingWhenItIsEmpty() throws IOException {
        assertEquals(0, output.flush(pair.workerWire()));
    }

    @Test
    void writesNoMuchMoreThanItsBoundForOneEvent() throws IOException {
        output.add(ByteBuffer.allocateDirect(8 << 20));

        long written = output.flush(pair.workerWire());

        assertTrue(written > 0 && written < PendingOutput.BYTES_PER_FLUSH + (1 << 16), written + " bytes");
        assertEquals((8 << 20) - written, output.bytes());
    }

    @Test
    void takesManySmallWritesWithoutABufferForEach() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer small = ByteBuffer.allocate(10);

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            output.add(small.clear());
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertEquals(100_000, output.bytes());
        assertTrue(allocated < 200_000, allocated + " bytes for 100,000 pending");
    }

    @Test
    void occupiesWhatItsChunksCanHold() throws IOException {
        output.add(ByteBuffer.allocate(1));
        assertTrue(loop.memory().usedBytes() >= 2_048, loop.memory().usedBytes() + " bytes");
        assertEquals(output.memoryBytes(), loop.memory().usedBytes());

        output.flush(pair.workerWire());

        assertEquals(0, output.memoryBytes());
        assertEquals(0, loop.memory().usedBytes());
        assertEquals(0, loop.memory().holders());
    }

    @Test
    void sharedBytesCountOnceHoweverManyKeepThem() {
        PendingOutput other = new PendingOutput(loop.memory());
        SharedBytes shared = new SharedBytes(ByteBuffer.allocate(100_000), loop.memory());
        output.share(shared, shared.view());
        long one = loop.memory().usedBytes();

        other.share(shared, shared.view());

        assertTrue(one >= 100_000, one + " bytes");
        assertEquals(other.memoryBytes(), loop.memory().usedBytes() - one);
        output.release();
        assertTrue(loop.memory().usedBytes() >= 100_000);
        other.release();
        assertEquals(0, loop.memory().usedBytes());
    }

    @Test
    void keepsWhatThereIsMemoryForAndLeavesTheRemainder() {
        MemoryBudget budget = new MemoryBudget();
        budget.limit(100_000, 100);
        EventLoop small = Trespass.owned(new EventLoop("small", new ManualClock(), new RecordingMultiplexer(), budget));
        PendingOutput kept = new PendingOutput(small.memory());
        ByteBuffer data = ByteBuffer.allocate(1 << 20);

        assertFalse(kept.add(data));

        assertEquals(data.position(), kept.bytes());
        assertTrue(budget.usedBytes() <= 100_000, budget.usedBytes() + " bytes");
        assertTrue(kept.bytes() >= 1 << 16, kept.bytes() + " bytes");
        kept.release();
        assertEquals(0, budget.usedBytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void sendsEveryByteInOrderHoweverItIsAddedAndFlushed(long seed) throws IOException {
        pair.workerEnd().setOption(StandardSocketOptions.SO_SNDBUF, 1 << 15);
        Random random = new Random(seed);
        byte[] stream = new byte[2 << 20];
        random.nextBytes(stream);
        ByteBuffer received = ByteBuffer.allocate(stream.length);
        int[] added = {0};
        long[] flushed = {0};

        Bounded.until("all bytes of seed " + seed, () -> !received.hasRemaining(), () -> {
            for (int i = random.nextInt(4); i > 0; i--) {
                int count = Math.min(stream.length - added[0], 1 << random.nextInt(18));
                ByteBuffer data = ByteBuffer.wrap(stream, added[0], count);
                output.add(random.nextBoolean() ? data : direct(data));
                added[0] += count;
            }
            flushed[0] += output.flush(pair.workerWire());
            assertEquals(added[0] - flushed[0], output.bytes(), "seed " + seed);
            if (random.nextBoolean()) {
                pair.acceptorEnd().read(received);
            }
        });

        assertArrayEquals(stream, received.array(), "seed " + seed);
        assertEquals(0, output.bytes());
    }

    private static ByteBuffer direct(ByteBuffer data) {
        return ByteBuffer.allocateDirect(data.remaining()).put(data).flip();
    }

    private byte[] receive(int count) throws IOException {
        ByteBuffer received = ByteBuffer.allocate(count);
        Bounded.until(
                count + " bytes",
                () -> !received.hasRemaining(),
                () -> pair.acceptorEnd().read(received));
        return received.array();
    }
}
