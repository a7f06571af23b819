package org.tonyreactor.internal.engine.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tonyreactor.internal.engine.Trespass;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.loop.MemoryBudget;
import org.tonyreactor.internal.engine.loop.RecordingMultiplexer;

class UnreadInputTest {
    private static final int FRAME_BYTES = 1 << 20;
    private static final int PIECE_BYTES = 1 << 10;

    private final EventLoop loop =
            Trespass.owned(new EventLoop("worker", new ManualClock(), new RecordingMultiplexer()));

    @Test
    void putsNewBytesBehindTheOldOnes() {
        UnreadInput unread = unread(bytes(1, 2, 3));

        ByteBuffer all = with(unread, bytes(4, 5));

        assertEquals(bytes(1, 2, 3, 4, 5), all);
    }

    @Test
    void keepsOnlyWhatIsStillUnread() {
        UnreadInput unread = unread(bytes(1, 2, 3));
        unread.all().get();

        assertTrue(unread.keep());

        assertEquals(2, unread.bytes());
        assertEquals(bytes(2, 3), unread.all());
    }

    @Test
    void keepsNothingWhenAllIsRead() {
        UnreadInput unread = unread(bytes(1, 2, 3));
        ByteBuffer all = unread.all();
        all.position(all.limit());

        assertFalse(unread.keep());
    }

    @Test
    void presentsTheSameBytesAgainWhenNoneWasRead() {
        UnreadInput unread = unread(bytes(1, 2, 3));
        assertEquals(bytes(1, 2, 3), unread.all());
        assertTrue(unread.keep());

        assertEquals(bytes(1, 2, 3, 4), with(unread, bytes(4)));
    }

    @Test
    void forgetsTheByteOrderThatAProtocolHasSet() {
        UnreadInput unread = unread(bytes(1, 2, 3));
        unread.all().order(ByteOrder.LITTLE_ENDIAN);
        unread.keep();

        assertEquals(ByteOrder.BIG_ENDIAN, with(unread, bytes(4)).order());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void losesAndDoublesNoByteHoweverTheStreamIsSplitAndRead(long seed) {
        Random random = new Random(seed);
        byte[] stream = new byte[200_000];
        random.nextBytes(stream);
        byte[] read = new byte[stream.length];
        int sent = 0;
        int taken = 0;
        UnreadInput unread = null;

        while (taken < stream.length) {
            int count = Math.min(stream.length - sent, random.nextInt(3_000));
            ByteBuffer more = ByteBuffer.wrap(stream, sent, count);
            sent += count;
            ByteBuffer data = unread == null ? more : count == 0 ? unread.all() : with(unread, more);
            assertEquals(sent - taken, data.remaining(), "seed " + seed);
            int reads = Math.min(data.remaining(), random.nextInt(4) == 0 ? 0 : random.nextInt(6_000));
            data.get(read, taken, reads);
            taken += reads;
            unread = keep(unread, data);
        }

        assertArrayEquals(stream, read, "seed " + seed);
        assertEquals(null, unread);
    }

    @Test
    void copiesAFrameOfManyPiecesABoundedNumberOfTimes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        UnreadInput unread = unread(piece);

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 1; i < FRAME_BYTES / PIECE_BYTES; i++) {
            with(unread, piece.clear());
            unread.keep();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertEquals(FRAME_BYTES, unread.bytes());
        assertTrue(allocated <= 4L * FRAME_BYTES, allocated + " bytes were allocated for a frame of " + FRAME_BYTES);
    }

    @Test
    void occupiesWhatItsBufferCanHold() {
        UnreadInput unread = unread(bytes(1));
        assertEquals(unread.memoryBytes(), loop.memory().usedBytes());
        assertTrue(unread.memoryBytes() >= 256);

        with(unread, ByteBuffer.allocate(1_000));
        assertEquals(unread.memoryBytes(), loop.memory().usedBytes());
        assertEquals(1, loop.memory().inputHolders());

        unread.release();
        assertEquals(0, loop.memory().usedBytes());
        assertEquals(0, loop.memory().inputHolders());
    }

    @Test
    void staysAsItIsWhenThereIsNoMemoryForMore() {
        MemoryBudget budget = new MemoryBudget();
        budget.limit(1_000, 100);
        EventLoop small = Trespass.owned(new EventLoop("small", new ManualClock(), new RecordingMultiplexer(), budget));
        UnreadInput unread = new UnreadInput(small.memory());
        assertTrue(unread.add(bytes(1, 2)));

        assertFalse(unread.add(ByteBuffer.allocate(2_000)));

        assertEquals(bytes(1, 2), unread.all());
    }

    private @Nullable UnreadInput keep(@Nullable UnreadInput unread, ByteBuffer data) {
        if (unread == null) {
            return data.hasRemaining() ? unread(data) : null;
        }
        return unread.keep() ? unread : null;
    }

    private UnreadInput unread(ByteBuffer data) {
        UnreadInput unread = new UnreadInput(loop.memory());
        assertTrue(unread.add(data));
        return unread;
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    private static ByteBuffer with(UnreadInput unread, ByteBuffer more) {
        unread.add(more);
        return unread.all();
    }
}
