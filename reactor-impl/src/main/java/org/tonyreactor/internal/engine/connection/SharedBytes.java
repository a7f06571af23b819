package org.tonyreactor.internal.engine.connection;

import java.nio.ByteBuffer;
import org.tonyreactor.internal.engine.loop.LoopMemory;

/**
 * Bytes that several connections of one worker send, and nobody changes. They occupy memory once for the worker, as long as a
 * connection keeps some of them. Owner: the worker.
 */
final class SharedBytes {
    private final ByteBuffer bytes;
    private final LoopMemory memory;
    private int holders;

    SharedBytes(ByteBuffer bytes, LoopMemory memory) {
        this.bytes = bytes;
        this.memory = memory;
    }

    /** The bytes, with a position of the caller's own. */
    ByteBuffer view() {
        return bytes.duplicate();
    }

    /** What somebody who begins to keep them needs for them. */
    long missingBytes() {
        return holders == 0 ? bytes.capacity() : 0;
    }

    /** One more part is kept. Returns false when there is no memory for it. */
    boolean hold() {
        if (!memory.reserve(missingBytes())) {
            return false;
        }
        holders++;
        return true;
    }

    /** One part less is kept. */
    void letGo() {
        holders--;
        if (holders == 0) {
            memory.release(bytes.capacity());
        }
    }
}
