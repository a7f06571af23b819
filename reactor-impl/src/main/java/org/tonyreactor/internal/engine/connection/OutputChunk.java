package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.tonyreactor.internal.engine.wire.Wire;

/** Bytes in memory, perhaps with room for more behind them. Owner: the worker. */
final class OutputChunk implements OutputPart {
    /** The remaining bytes, from position to limit. */
    private final ByteBuffer bytes;
    /** How much may still be put behind the limit. */
    private int roomBytes;

    /** An empty one with room. */
    OutputChunk(int roomBytes) {
        this.bytes = ByteBuffer.allocate(roomBytes).limit(0);
        this.roomBytes = roomBytes;
    }

    /** Bytes that are shared with others and do not change. */
    OutputChunk(ByteBuffer shared) {
        this.bytes = shared;
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
    public void release() {}
}
