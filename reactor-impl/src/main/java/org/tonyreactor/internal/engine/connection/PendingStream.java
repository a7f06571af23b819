package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.loop.LoopMemory;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * What one connection has to send and its wire has not taken yet. It is kept within the engine's memory: where that is
 * short, the worker makes room, or the connection ends.
 *
 * <p>Owner: the worker.
 */
abstract class PendingStream extends WireStream {
    private @Nullable PendingOutput output;
    /** What is reserved for bytes that the wire holds, up to what an int holds: an idle connection is kept small. */
    private int wireMemoryBytes;

    PendingStream(int index) {
        super(index);
    }

    // What the layers above are asked for.

    /** More output is pending than before. */
    abstract void onPendingGrown();

    /** Bytes of a file that its transport was asked to send are sent, or will not be. */
    abstract void noteFileBytesLeft(long bytes);

    /** Something is about to be kept that a wire has not taken. */
    abstract void beforeKeeping();

    /** What of the engine's memory it occupies, whatever for. */
    abstract long memoryBytes();

    // Memory.

    final LoopMemory memory() {
        return loop().memory();
    }

    /** Reserves so many bytes, for which others may have to give some; else the connection ends. */
    final boolean reserve(long bytes) {
        while (!memory().reserve(bytes)) { // Ends: room was made for them, or the connection ends.
            if (!makesRoom(bytes)) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is room for so many bytes after others had to give some; else the connection ends. */
    final boolean makesRoom(long bytes) {
        if (worker().pressure().makeRoom(this, bytes)) {
            return true;
        }
        endForRoom();
        return false;
    }

    /** It ends at once, so that there is memory for others. */
    final void endForRoom() {
        memory().budget().noteEnded();
        abort(Kind.MEMORY);
    }

    /**
     * Bytes that the wire holds are kept for somebody, too: output that it has taken and not sent, the beginning of a record.
     * They count from the moment on in which it has them: a wire takes a bounded number at once. The connection may end for
     * want of memory.
     */
    final void countWire() {
        Wire carrier = wireOrNull();
        int held = carrier == null ? 0 : (int) Math.min(Integer.MAX_VALUE, carrier.heldBytes());
        if (held > wireMemoryBytes) {
            if (reserve(held - wireMemoryBytes)) {
                memory().countOutput(wireMemoryBytes == 0 ? 1 : 0);
                wireMemoryBytes = held;
            }
        } else if (held < wireMemoryBytes) {
            releaseWire(wireMemoryBytes - held);
        }
    }

    private void releaseWire(int less) {
        wireMemoryBytes -= less;
        memory().release(less);
        memory().countOutput(wireMemoryBytes == 0 ? -1 : 0);
    }

    // What is pending.

    /** Keeps what remains in a buffer behind what is pending. */
    final void keep(ByteBuffer data) {
        PendingOutput pending = output();
        while (!pending.add(data)) { // Ends: room was made for what is missing, or the connection ends.
            if (!makesRoom(pending.missingBytes(data))) {
                return;
            }
        }
        onPendingGrown();
    }

    /** Keeps what remains in a view of shared bytes behind what is pending. */
    final void keep(SharedBytes shared, ByteBuffer view) {
        PendingOutput pending = output();
        while (!pending.share(shared, view)) { // Ends, as above.
            if (!makesRoom(pending.missingBytes(shared))) {
                return;
            }
        }
        onPendingGrown();
    }

    /** Keeps a file behind what is pending. Returns false when the connection ends for want of memory. */
    final boolean keep(OutputFile file) {
        PendingOutput pending = output();
        while (!pending.add(file)) { // Ends, as above.
            if (!makesRoom(pending.missingBytes(file))) {
                return false;
            }
        }
        onPendingGrown();
        deferToTurnEnd();
        return true;
    }

    private PendingOutput output() {
        beforeKeeping();
        PendingOutput pending = output;
        if (pending == null) {
            pending = new PendingOutput(memory());
            output = pending;
        }
        return pending;
    }

    /** Whether something is kept that the wire has not taken. */
    final boolean keepsOutput() {
        return output != null && !output.isEmpty();
    }

    /** Gives the wire what is kept, as far as it takes it. Returns how many bytes. */
    final long sendKept(Wire to) throws IOException {
        PendingOutput kept = required(output);
        long fileBytes = kept.fileBytes();
        try {
            return kept.flush(to);
        } catch (IOException e) {
            resetIf(true); // What is missing must not look like an end: a file may be to blame, and the wire as good as
            // ever.
            throw e;
        } finally {
            if (fileBytes != kept.fileBytes()) {
                noteFileBytesLeft(fileBytes - kept.fileBytes());
            }
        }
    }

    /** Forgets the place for what is kept when nothing is. */
    final void forgetSent() {
        if (output != null && output.isEmpty()) {
            output = null;
        }
    }

    /** Whether a part of a file is pending. */
    final boolean sendsFile() {
        return fileBytes() != 0;
    }

    @Override
    final boolean hasPending() {
        return pendingBytes() != 0;
    }

    final long pendingBytes() {
        Wire carrier = wireOrNull();
        return (output == null ? 0 : output.bytes()) + (carrier == null ? 0 : carrier.unsentBytes());
    }

    /** Of the pending bytes, those of files. */
    final long fileBytes() {
        return output == null ? 0 : output.fileBytes();
    }

    /** What the pending output occupies, here and in the wire. */
    final long outputMemoryBytes() {
        return wireMemoryBytes + (output == null ? 0 : output.memoryBytes());
    }

    /** The pending output, which nobody has from now on. */
    final PendingOutput takeOutput() {
        PendingOutput taken = required(output).takeBytes();
        noteFileBytesLeft(taken.fileBytes());
        return taken;
    }

    /** It ends: what it keeps is let go first, since ending it may need memory. */
    void releaseBuffers() {
        if (output != null) {
            output.release();
            output = null;
        }
        if (wireMemoryBytes != 0) {
            releaseWire(wireMemoryBytes);
        }
    }

    @Override
    void clear() {
        releaseBuffers();
        super.clear();
    }
}
