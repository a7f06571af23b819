package org.tonyreactor.internal.engine.connection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tonyreactor.internal.engine.loop.LoopMemory;

/**
 * The input that a protocol left unread, kept until the next bytes come. It exists only while there is some. New bytes
 * are put behind the old ones; room grows by doubling, so a frame that comes in many pieces is copied a bounded number
 * of times per byte. Owner: the worker.
 */
public final class UnreadInput {
    private static final int MIN_BYTES = 256;
    private static final int MAX_BYTES = 1 << 30;

    /** What it occupies without its bytes: itself, its buffer and the head of the array. */
    private static final long MEMORY_BYTES = 96;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final LoopMemory memory;
    /** Unread bytes from 0 to position. */
    private ByteBuffer buffer = NONE;

    /** Keeps nothing yet. */
    UnreadInput(LoopMemory memory) {
        this.memory = memory;
        memory.countInput(1);
    }

    /**
     * Puts new bytes behind.
     *
     * @return false, with nothing done, when there is no memory for them
     */
    boolean add(ByteBuffer more) {
        if (buffer.remaining() < more.remaining()) {
            int capacity = capacityFor(more);
            if (!memory.reserve(MEMORY_BYTES + capacity)) {
                return false;
            }
            buffer = moved(capacity);
        }
        buffer.put(more);
        return true;
    }

    /** What more it would occupy for a while with new bytes behind. */
    long missingBytes(ByteBuffer more) {
        return buffer.remaining() < more.remaining() ? MEMORY_BYTES + capacityFor(more) : 0;
    }

    private int capacityFor(ByteBuffer more) {
        int needed = buffer.position() + more.remaining();
        int roomy = buffer.capacity() == 0 ? MIN_BYTES : (int) Math.min(2L * buffer.capacity(), MAX_BYTES);
        return Math.max(needed, roomy);
    }

    private ByteBuffer moved(int capacity) {
        long unused = MEMORY_BYTES + capacity;
        try {
            ByteBuffer larger = ByteBuffer.allocate(capacity).put(buffer.flip());
            unused = memoryBytes();
            return larger;
        } finally {
            memory.release(unused);
        }
    }

    /** What it occupies. */
    long memoryBytes() {
        return buffer.capacity() == 0 ? 0 : MEMORY_BYTES + buffer.capacity();
    }

    /** Lets go of it. */
    void release() {
        memory.release(memoryBytes());
        memory.countInput(-1);
        buffer = NONE;
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
