package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * The output of one connection that its wire has not taken yet, in order, in chunks. It exists only while there is some.
 * Bound: {@code reactor.output.max.bytes}, kept by the connection. Owner: the worker.
 */
public final class PendingOutput {
    /** How much is written for one event, so that one fast reader of much output cannot hold up the loop. */
    static final int BYTES_PER_FLUSH = 1 << 20;

    private static final int MIN_CHUNK_BYTES = 2048;
    private static final int MAX_CHUNK_BYTES = 1 << 16;

    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(4);
    /** The last chunk while it has room: written to at its limit. */
    private int tailRoomBytes;

    private long bytes;

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** Copies all that remains in the buffer. */
    void add(ByteBuffer data) {
        while (data.hasRemaining()) { // Ends: each round takes at least one byte.
            if (tailRoomBytes == 0) {
                int size = Math.min(MAX_CHUNK_BYTES, Math.max(MIN_CHUNK_BYTES, data.remaining()));
                chunks.addLast(ByteBuffer.allocate(size).limit(0));
                tailRoomBytes = size;
            }
            ByteBuffer tail = chunks.getLast();
            int taken = Math.min(tailRoomBytes, data.remaining());
            int end = tail.limit();
            tail.limit(end + taken).put(end, data, data.position(), taken);
            data.position(data.position() + taken);
            tailRoomBytes -= taken;
            bytes += taken; // Here, so that it says what there is also when there is no memory for the next chunk.
        }
    }

    /** Gives all bytes away. */
    PendingOutput takeBytes() {
        PendingOutput taken = new PendingOutput();
        taken.chunks.addAll(chunks);
        taken.bytes = bytes;
        chunks.clear();
        tailRoomBytes = 0;
        bytes = 0;
        return taken;
    }

    /**
     * Writes until all is written, the wire takes no more or {@link #BYTES_PER_FLUSH} have gone.
     *
     * @return the bytes written
     */
    long flush(Wire wire) throws IOException {
        long written = 0;
        while (bytes > 0 && written < BYTES_PER_FLUSH) {
            ByteBuffer head = chunks.getFirst();
            int taken = wire.write(head);
            written += taken;
            bytes -= taken;
            if (head.hasRemaining()) {
                break;
            }
            chunks.removeFirst();
            if (chunks.isEmpty()) {
                tailRoomBytes = 0;
            }
        }
        return written;
    }
}
