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

    private final ArrayDeque<OutputPart> parts = new ArrayDeque<>(4);
    private long bytes;
    private long fileBytes;

    long bytes() {
        return bytes;
    }

    /** The bytes of files among them, which take no memory. */
    long fileBytes() {
        return fileBytes;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** Copies all that remains in the buffer. */
    void add(ByteBuffer data) {
        while (data.hasRemaining()) { // Ends: each round takes at least one byte.
            bytes += tailFor(data.remaining()).add(data); // Here, so that it says what there is when memory ends.
        }
    }

    private OutputChunk tailFor(int wantedBytes) {
        if (parts.peekLast() instanceof OutputChunk last && last.hasRoom()) {
            return last;
        }
        OutputChunk chunk = new OutputChunk(Math.min(MAX_CHUNK_BYTES, Math.max(MIN_CHUNK_BYTES, wantedBytes)));
        parts.addLast(chunk);
        return chunk;
    }

    /** Keeps the remaining bytes of a buffer that does not change, without a copy if that is worth it. */
    void share(ByteBuffer data) {
        if (data.remaining() < MIN_CHUNK_BYTES) {
            add(data);
        }
        while (data.hasRemaining()) { // Ends: each round takes at least one byte.
            int size = Math.min(data.remaining(), BYTES_PER_FLUSH);
            parts.addLast(new OutputChunk(data.slice(data.position(), size)));
            data.position(data.position() + size);
            bytes += size;
        }
    }

    /** Takes a file over. */
    void add(OutputFile file) {
        parts.addLast(file);
        bytes += file.remaining();
        fileBytes += file.remaining();
    }

    /** Gives all bytes away. */
    PendingOutput takeBytes() {
        PendingOutput taken = new PendingOutput();
        taken.parts.addAll(parts);
        taken.bytes = bytes;
        taken.fileBytes = fileBytes;
        forget();
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
            OutputPart head = parts.getFirst();
            long taken = head.writeTo(wire, BYTES_PER_FLUSH - written);
            written += taken;
            bytes -= taken;
            fileBytes -= head instanceof OutputFile ? taken : 0;
            if (head.remaining() > 0) {
                break;
            }
            parts.removeFirst();
            head.release();
        }
        return written;
    }

    /** Lets go of all that is left. */
    void release() {
        parts.forEach(OutputPart::release);
        forget();
    }

    private void forget() {
        parts.clear();
        bytes = 0;
        fileBytes = 0;
    }
}
