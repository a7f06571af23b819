package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.Wire;

/** Bytes in memory, perhaps with room for more behind them. Owner: the worker. */
final class OutputChunk implements OutputPart {
    /** What it occupies without its bytes: itself, its buffer and the head of the array. */
    static final long MEMORY_BYTES = 96;

    /** What is left, from position to limit. */
    private final ByteBuffer bytes;
    /** How much may still be put behind the limit. */
    private int roomBytes;
    /** Who keeps the bytes, if it is not this chunk. */
    private final @Nullable SharedBytes shared;

    /** An empty one with room. */
    OutputChunk(int roomBytes) {
        this.bytes = ByteBuffer.allocate(roomBytes).limit(0);
        this.roomBytes = roomBytes;
        this.shared = null;
    }

    /** A part of bytes that others have, too, and that are held for it. */
    OutputChunk(ByteBuffer part, SharedBytes shared) {
        this.bytes = part;
        this.shared = shared;
    }

    @Override
    public long memoryBytes() {
        return MEMORY_BYTES + (shared == null ? bytes.capacity() : 0L);
    }

    boolean hasRoom() {
        return roomBytes > 0;
    }

    /** Copies as much of the buffer as there is room for. Returns how much. */
    int add(ByteBuffer data) {
        int taken = Math.min(roomBytes, data.remaining());
        int end = bytes.limit();
        bytes.limit(end + taken).put(end, data, data.position(), taken);
        data.position(data.position() + taken);
        roomBytes -= taken;
        return taken;
    }

    @Override
    public long remaining() {
        return bytes.remaining();
    }

    @Override
    public long writeTo(Wire wire, long most) throws IOException {
        return wire.write(bytes);
    }

    @Override
    public void release() {
        if (shared != null) {
            shared.letGo();
        }
    }
}
