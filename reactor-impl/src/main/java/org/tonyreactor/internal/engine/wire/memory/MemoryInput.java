package org.tonyreactor.internal.engine.wire.memory;

import java.nio.ByteBuffer;

/**
 * The receiving side of a {@link MemoryWire}: the pipe that its peer writes to. A wire that holds records takes all input,
 * the FIN too, out of the pipe before it lends any bytes. Owner: the stepping thread.
 */
final class MemoryInput {
    private final MemorySettings settings;
    private final MemoryPipe pipe;
    /** Taken out of the pipe and not lent; empty except for wires that hold records. */
    private final MemoryPipe held;

    MemoryInput(MemorySettings settings) {
        this.settings = settings;
        this.pipe = new MemoryPipe(settings.pipeBytes());
        this.held = new MemoryPipe(settings.pipeBytes());
    }

    /** The pipe to which the peer writes. */
    MemoryPipe pipe() {
        return pipe;
    }

    /** Gives the bytes that one read lends. Returns how many; 0 if there are none. */
    int lend(ByteBuffer to) {
        if (settings.holdsRecords()) {
            pipe.moveTo(held, Integer.MAX_VALUE);
        }
        return source().get(to);
    }

    /** Whether the FIN is next. One that was held is told once; a pipe tells of it for ever, as a socket does. */
    boolean takeEnd() {
        boolean ended = source().isAtEnd();
        if (ended && settings.holdsRecords()) {
            held.abandon();
        }
        return ended;
    }

    /** Whether there is something of which no poll tells. */
    boolean holds() {
        return held.isReadable();
    }

    /** There will be no more reads. */
    void abandon() {
        pipe.abandon();
        held.abandon();
    }

    private MemoryPipe source() {
        return settings.holdsRecords() ? held : pipe;
    }
}
