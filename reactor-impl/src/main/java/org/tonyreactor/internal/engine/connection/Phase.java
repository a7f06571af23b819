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
    /** Its protocol is told, and its output shut; what the peer still sends is discarded. */
    LINGERING(Input.DISCARDED),
    /** At the end of the turn its protocol is told that it is lost, if it is not yet, and its wire closed. */
    ENDING(Input.LEFT);

    final Input input;

    Phase(Input input) {
        this.input = input;
    }
}
