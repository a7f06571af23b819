package org.tonyreactor.internal.engine.wire.memory;

import java.nio.ByteBuffer;

/**
 * A bounded number of bytes in order, and a FIN behind them: a ring that grows to its bound when it is needed. Owner: the
 * stepping thread.
 */
final class MemoryPipe {
    private static final int MIN_BYTES = 512;

    private final int capacityBytes;
    private byte[] ring = {};
    private int first;
    private int count;
    private boolean finished;
    private boolean abandoned;

    MemoryPipe(int capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    int bytes() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** There are no reads from an abandoned pipe; it always has room, because all its bytes are lost. */
    int roomBytes() {
        return capacityBytes - count;
    }

    /** The FIN comes behind the bytes in it. */
    void finish() {
        finished = true;
    }

    /** Whether the FIN is all that is left. */
    boolean isAtEnd() {
        return finished && count == 0;
    }

    /** Whether there is something to read: bytes or the FIN. */
    boolean isReadable() {
        return count > 0 || finished;
    }

    /** There will be no more reads: the bytes in it, and later ones, are lost. */
    void abandon() {
        count = 0;
        finished = false;
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Takes bytes as far as they fit, at most so many. Returns how many. */
    int put(ByteBuffer from, int most) {
        int taken = Math.min(Math.min(from.remaining(), most), roomBytes());
        if (abandoned) {
            from.position(from.position() + taken);
            return taken;
        }
        reserve(count + taken);
        for (int left = taken; left > 0; ) { // Ends: at most two rounds, up to the ring's end and from its beginning.
            int at = (first + count) % ring.length;
            int part = Math.min(left, ring.length - at);
            from.get(ring, at, part);
            count += part;
            left -= part;
        }
        return taken;
    }

    /** Gives as many bytes as the buffer takes. Returns how many. */
    int get(ByteBuffer to) {
        int given = Math.min(to.remaining(), count);
        for (int left = given; left > 0; ) { // Ends: at most two rounds.
            int part = Math.min(left, ring.length - first);
            to.put(ring, first, part);
            first = (first + part) % ring.length;
            count -= part;
            left -= part;
        }
        return given;
    }

    /** Moves at most so many bytes as far as the other one has room, and the FIN behind the last one. */
    void moveTo(MemoryPipe other, int most) {
        ByteBuffer moving = ByteBuffer.allocate(Math.min(Math.min(count, most), other.roomBytes()));
        get(moving);
        other.put(moving.flip(), moving.limit());
        if (isAtEnd()) {
            finished = false;
            other.finish();
        }
    }

    private void reserve(int bytes) {
        if (bytes <= ring.length) {
            return;
        }
        int grown = (int) Math.min(capacityBytes, Math.max(MIN_BYTES, Math.max(2L * ring.length, bytes)));
        ByteBuffer larger = ByteBuffer.allocate(grown);
        int kept = count;
        get(larger);
        ring = larger.array();
        first = 0;
        count = kept;
    }
}
