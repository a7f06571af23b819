package org.tonyreactor.internal.engine.connection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The input that a protocol left unread, kept until the next bytes come. It exists only while there is some. New bytes
 * are put behind the old ones; room grows by doubling, so a frame that comes in many pieces is copied a bounded number
 * of times per byte. Owner: the worker.
 */
public final class UnreadInput {
    private static final int MIN_BYTES = 256;

    /** Unread bytes from 0 to position. */
    private ByteBuffer buffer;

    /** Keeps what remains in the worker's buffer. */
    UnreadInput(ByteBuffer rest) {
        buffer = ByteBuffer.allocate(Math.max(MIN_BYTES, rest.remaining()));
        buffer.put(rest);
    }

    /** Puts new bytes behind. */
    void add(ByteBuffer more) {
        if (buffer.remaining() < more.remaining()) {
            int needed = buffer.position() + more.remaining();
            ByteBuffer larger = ByteBuffer.allocate(Math.max(needed, (int) Math.min(2L * buffer.capacity(), 1 << 30)));
            larger.put(buffer.flip());
            buffer = larger;
        }
        buffer.put(more);
    }

    /** Returns all of it to be read; {@link #keep} follows. */
    ByteBuffer all() {
        buffer.flip();
        buffer.order(ByteOrder.BIG_ENDIAN);
        return buffer;
    }

    /** Keeps what is still unread. Returns false when there is nothing. */
    boolean keep() {
        if (!buffer.hasRemaining()) {
            return false;
        }
        if (buffer.position() > 0) {
            buffer.compact();
        } else {
            buffer.position(buffer.limit());
            buffer.limit(buffer.capacity());
        }
        return true;
    }

    int bytes() {
        return buffer.position();
    }
}
