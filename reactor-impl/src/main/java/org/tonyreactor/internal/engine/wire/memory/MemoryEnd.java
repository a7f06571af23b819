package org.tonyreactor.internal.engine.wire.memory;

import org.tonyreactor.internal.engine.wire.Multiplexer;

/** An end that a {@link MemoryMultiplexer} polls: a wire, or a listening wire. */
interface MemoryEnd {
    /**
     * The operations for which it is ready now, also those without interest; a connect makes progress when this is
     * called.
     */
    int readyOps();

    /** The operations of its interest. */
    int interestOps();

    /** Its handler. Once it is attached. */
    Multiplexer.ReadyHandler handler();

    /** Lets go of it at once. */
    void closeNow();
}
