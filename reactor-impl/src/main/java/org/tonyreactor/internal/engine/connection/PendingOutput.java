package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.loop.LoopMemory;
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

    /** What it occupies itself, with its queue. */
    private static final long MEMORY_BYTES = 96;

    private final LoopMemory memory;
    private final ArrayDeque<OutputPart> parts = new ArrayDeque<>(4);
    private long bytes;
    private long fileBytes;
    /** What it occupies, without bytes that it shares. */
    private long memoryBytes;
    /** Nothing is reserved for it here any more: a wire has it. */
    private boolean isGivenAway;

    PendingOutput(LoopMemory memory) {
        this.memory = memory;
    }

    long bytes() {
        return bytes;
    }

    /** The bytes of files among them, which take no memory. */
    long fileBytes() {
        return fileBytes;
    }

    /** What it occupies, without bytes that it shares. */
    long memoryBytes() {
        return memoryBytes;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /**
     * Copies what remains in the buffer.
     *
     * @return whether there was memory for all of it; else the remainder is still in the buffer
     */
    boolean add(ByteBuffer data) {
        while (data.hasRemaining()) { // Ends: each round takes at least one byte, or finds no memory.
            OutputChunk tail = tailFor(data);
            if (tail == null) {
                return false;
            }
            bytes += tail.add(data); // Here, so that it says what there is when memory ends.
        }
        return true;
    }

    private @Nullable OutputChunk tailFor(ByteBuffer data) {
        if (parts.peekLast() instanceof OutputChunk last && last.hasRoom()) {
            return last;
        }
        if (!reserve(missingBytes(data))) {
            return null;
        }
        OutputChunk chunk = new OutputChunk(chunkBytes(data));
        parts.addLast(chunk);
        return chunk;
    }

    /** What the next part of some data would occupy. */
    long missingBytes(ByteBuffer data) {
        return OutputChunk.MEMORY_BYTES + chunkBytes(data) + own();
    }

    private static int chunkBytes(ByteBuffer data) {
        return Math.min(MAX_CHUNK_BYTES, Math.max(MIN_CHUNK_BYTES, data.remaining()));
    }

    /**
     * Keeps what remains in a view of shared bytes, without a copy if it is worth that.
     *
     * @return whether there was memory for all of it; else the remainder is still in the view
     */
    boolean share(SharedBytes shared, ByteBuffer view) {
        if (view.remaining() < MIN_CHUNK_BYTES) {
            return add(view);
        }
        while (view.hasRemaining()) { // Ends: each round takes at least one byte, or finds no memory.
            if (!reserve(OutputChunk.MEMORY_BYTES + own()) || !shared.hold()) {
                return false;
            }
            int size = Math.min(view.remaining(), BYTES_PER_FLUSH);
            addHeld(shared, view.position(), size);
            view.position(view.position() + size);
            bytes += size;
        }
        return true;
    }

    private void addHeld(SharedBytes shared, int position, int size) {
        boolean added = false;
        try {
            parts.addLast(new OutputChunk(shared.view().slice(position, size), shared));
            added = true;
        } finally {
            if (!added) {
                shared.letGo();
            }
        }
    }

    /** What the next part of shared bytes would occupy. */
    long missingBytes(SharedBytes shared) {
        return OutputChunk.MEMORY_BYTES + own() + shared.missingBytes();
    }

    /** Takes a file over. Returns false, and takes nothing, when there is no memory for it. */
    boolean add(OutputFile file) {
        if (!reserve(missingBytes(file))) {
            return false;
        }
        parts.addLast(file);
        bytes += file.remaining();
        fileBytes += file.remaining();
        return true;
    }

    long missingBytes(OutputFile file) {
        return file.memoryBytes() + own();
    }

    private long own() {
        return memoryBytes == 0 ? MEMORY_BYTES : 0;
    }

    private boolean reserve(long more) {
        if (!memory.reserve(more)) {
            return false;
        }
        if (memoryBytes == 0) {
            memory.countOutput(1);
        }
        memoryBytes += more; // Before there is anything, so that it is given back whatever comes of that.
        return true;
    }

    /** Gives all bytes away, to a wire that tells what they occupy; here nothing is reserved for them any more. */
    PendingOutput takeBytes() {
        PendingOutput taken = new PendingOutput(memory);
        taken.parts.addAll(parts);
        taken.bytes = bytes;
        taken.fileBytes = fileBytes;
        taken.memoryBytes = memoryBytes;
        taken.isGivenAway = true;
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
            releaseMemory(bytes == 0 ? memoryBytes : head.memoryBytes());
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
        releaseMemory(memoryBytes);
    }

    private void releaseMemory(long less) {
        memoryBytes -= less;
        if (less != 0 && !isGivenAway) {
            memory.release(less);
            memory.countOutput(memoryBytes == 0 ? -1 : 0);
        }
    }
}
