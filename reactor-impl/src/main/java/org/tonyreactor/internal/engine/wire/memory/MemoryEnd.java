package org.tonyreactor.internal.engine.wire.memory;

import org.tonyreactor.internal.engine.wire.Multiplexer;

/** An end that a {@link MemoryMultiplexer} polls: a wire, or a listening wire. */
interface MemoryEnd {
    /** What it is ready for now, whether that is waited for or not; a connect makes progress by being asked. */
    int readyOps();

    /** What it is waited for. */
    int interestOps();

    /** Who is told. Once it is attached. */
    Multiplexer.ReadyHandler handler();

    /** Lets go of it at once. */
    void closeNow();
}
