package org.tonyreactor.internal.engine.connection;

import java.nio.ByteBuffer;

/** Several buffers that are handled as one. */
final class Buffers {
    private Buffers() {}

    static long remaining(ByteBuffer[] parts) {
        long bytes = 0;
        for (ByteBuffer part : parts) {
            bytes += part.remaining();
        }
        return bytes;
    }

    /** Takes all that is left of them, and does nothing with it. */
    static void drop(ByteBuffer[] parts) {
        for (ByteBuffer part : parts) {
            part.position(part.limit());
        }
    }
}
