package org.tonyreactor.internal.engine.connection;

import org.tonyreactor.internal.engine.connection.WireStream.Input;

/**
 * The phases of a connection.
 *
 * <pre>
 * FREE -> CONNECTING -> OPEN -> CLOSING -> LINGERING -> ENDING -> FREE
 *   pool     client only  | |    flushes     discards       |
 *                         | +---- abort, reset, ... --------+
 *                      SUSPENDED (no protocol: waits for the next one)
 * </pre>
 */
public enum Phase {
    /** In the pool. */
    FREE(Input.LEFT),
    /** On its way out. */
    CONNECTING(Input.LEFT),
    /** A protocol serves it. */
    OPEN(Input.PRESENTED),
    /** It waits for the next protocol. */
    SUSPENDED(Input.LEFT),
    /** It sends its last output. */
    CLOSING(Input.DISCARDED),
    /** Its output is shut; what the peer still sends is discarded. */
    LINGERING(Input.DISCARDED),
    /** It is told at the end of the turn that it is lost. */
    ENDING(Input.LEFT);

    final Input input;

    Phase(Input input) {
        this.input = input;
    }
}
