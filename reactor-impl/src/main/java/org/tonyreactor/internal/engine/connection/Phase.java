package org.tonyreactor.internal.engine.connection;

/**
 * How far a connection is.
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
    FREE,
    /** On its way out. */
    CONNECTING,
    /** A protocol serves it. */
    OPEN,
    /** It waits for the next protocol. */
    SUSPENDED,
    /** It sends its last output. */
    CLOSING,
    /** Its output is shut; what the peer still sends is discarded. */
    LINGERING,
    /** It is told at the end of the turn that it is lost. */
    ENDING
}
