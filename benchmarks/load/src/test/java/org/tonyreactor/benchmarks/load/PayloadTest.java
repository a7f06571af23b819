package org.tonyreactor.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PayloadTest {
    private final Payload payload = new Payload();

    @Test
    void connectionSaysTheSameMessageOnlyAfterManyOthers() {
        int count = 100_000;
        Set<ByteBuffer> messages = new HashSet<>();

        for (int message = 0; message < count; message++) {
            messages.add(copy(message * 64L, 64));
        }

        assertEquals(count, messages.size());
    }

    @Test
    void noTwoConnectionsSayTheSameAtOnce() {
        int count = 20_000;
        Set<ByteBuffer> messages = new HashSet<>();

        for (int connection = 0; connection < count; connection++) {
            messages.add(copy(Payload.begin(connection) + 1_000 * 64, 64));
        }

        assertEquals(count, messages.size());
    }

    @Test
    void bytesDoNotDependOnHowTheyAreCut() {
        long aroundTheEnd = Payload.LONGEST_MESSAGE_BYTES - 100L;

        for (int i = 0; i < 300; i++) {
            assertEquals(
                    copy(aroundTheEnd, 300).get(i), copy(aroundTheEnd + i, 1).get(0), "byte " + i);
        }
    }

    @Test
    void pieceIsNeverEmptyAndNeverLonger() {
        for (long position = 0; position < 3L * Payload.LONGEST_MESSAGE_BYTES; position += 997) {
            int length = payload.from(position, 100_000).remaining();

            assertTrue(length >= 1 && length <= 100_000, () -> "length " + length);
        }
    }

    private ByteBuffer copy(long position, int length) {
        return ByteBuffer.allocate(length).put(payload.from(position, length)).flip();
    }
}
