package org.tonyreactor.internal.engine.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.junit.Lifecycle;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.Trespass;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.loop.RecordingMultiplexer;

/** However a stream is cut, and however much of it a protocol reads each time: two bytes of the input say both. */
class UnreadInputFuzzTest {
    /** So that few pieces pass the least capacity. */
    private static final int UNIT_BYTES = 16;

    private final EventLoop loop =
            Trespass.owned(new EventLoop("worker", new ManualClock(), new RecordingMultiplexer()));
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    @FuzzTest(maxDuration = "1m", lifecycle = Lifecycle.PER_EXECUTION)
    void losesAndDoublesNoByteAndCountsWhatItOccupies(byte[] input) {
        UnreadInput unread = null;
        for (int i = 0; i + 1 < input.length; i += 2) {
            byte[] more = new byte[UNIT_BYTES * Byte.toUnsignedInt(input[i])];
            for (int j = 0; j < more.length; j++) {
                more[j] = (byte) (sent.size() + j);
            }
            sent.writeBytes(more);

            unread = step(unread, ByteBuffer.wrap(more), UNIT_BYTES * Byte.toUnsignedInt(input[i + 1]));

            assertEquals(sent.size() - read.size(), unread == null ? 0 : unread.bytes());
            assertEquals(
                    unread == null ? 0 : unread.memoryBytes(), loop.memory().usedBytes());
            assertTrue(unread == null || unread.memoryBytes() >= unread.bytes());
        }
        if (unread != null) {
            step(unread, ByteBuffer.allocate(0), Integer.MAX_VALUE);
        }
        assertArrayEquals(sent.toByteArray(), read.toByteArray());
        assertEquals(0, loop.memory().usedBytes());
        assertEquals(0, loop.memory().inputHolders());
    }

    /** What comes is put behind what there is, and so many bytes of both are read. */
    private @Nullable UnreadInput step(@Nullable UnreadInput before, ByteBuffer more, int readBytes) {
        UnreadInput unread = before;
        if (unread == null) {
            if (!more.hasRemaining()) {
                return null;
            }
            unread = new UnreadInput(loop.memory());
        }
        assertTrue(unread.add(more));
        ByteBuffer all = unread.all();
        byte[] taken = new byte[Math.min(all.remaining(), readBytes)];
        all.get(taken);
        read.writeBytes(taken);
        if (unread.keep()) {
            return unread;
        }
        unread.release();
        return null;
    }
}
