package org.tonyreactor.internal.engine.wire.memory;

import java.nio.ByteBuffer;

/**
 * The sending side of a {@link MemoryWire}. A wire that holds output keeps the bytes that it takes until it is
 * flushed, and the FIN behind them. Owner: the stepping thread.
 */
final class MemoryOutput {
    private final MemorySettings settings;
    /** Taken and not sent; empty except for wires that hold output. */
    private final MemoryPipe unsent;

    private boolean shut;

    MemoryOutput(MemorySettings settings) {
        this.settings = settings;
        this.unsent = new MemoryPipe(settings.pipeBytes());
    }

    long unsentBytes() {
        return unsent.bytes();
    }

    int roomBytes(MemoryPipe peer) {
        return target(peer).roomBytes();
    }

    /** Takes at most so many bytes, for the peer's pipe. Returns how many. */
    int take(ByteBuffer part, int most, MemoryPipe peer) {
        return target(peer).put(part, most);
    }

    /** Sends as much as one flush may. */
    void flush(MemoryPipe peer) {
        unsent.moveTo(peer, settings.flushBytes());
    }

    /** Nothing is taken any more; the FIN comes behind the last byte. */
    void shut(MemoryPipe peer) {
        if (!shut) {
            shut = true;
            (unsent.isEmpty() ? peer : unsent).finish();
        }
    }

    boolean isShut() {
        return shut;
    }

    /** Whether the peer has the FIN. */
    boolean isEnded() {
        return shut && unsent.isEmpty();
    }

    /** Unsent bytes are lost. */
    void drop() {
        unsent.abandon();
    }

    private MemoryPipe target(MemoryPipe peer) {
        return settings.holdsOutput() ? unsent : peer;
    }
}
