package org.tonyreactor.transport;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended. The first cause counts: what follows from it (a reset while closing, say) does not change it.
 *
 * @param kind the kind of ending
 * @param cause the failure behind it, if there was one
 */
public record CloseReason(Kind kind, @Nullable Throwable cause) {
    /** The kinds of endings. */
    public enum Kind {
        /** The peer sent FIN; pending output was sent if the peer took it. */
        CLOSED_BY_PEER,
        /** The protocol called close; pending output was sent first. */
        CLOSED_BY_PROTOCOL,
        /** The protocol called abort. */
        ABORTED,
        /** The peer sent RST. */
        RESET,
        /** Reading or writing failed in another way; see the cause. */
        IO_ERROR,
        /** A callback threw; see the cause. */
        PROTOCOL_ERROR,
        /** Nothing was read or written for {@code reactor.idle.timeout.millis}. */
        IDLE_TIMEOUT,
        /** Pending output passed {@code reactor.output.max.bytes}. */
        SLOW_CONSUMER,
        /** Unread input passed {@code reactor.input.max.bytes}. */
        INPUT_OVERFLOW,
        /** The factory's service was unregistered, or its listening port closed. */
        SERVICE_GONE,
        /** The engine was stopped. */
        ENGINE_STOPPED,
        /** TLS failed; reserved. */
        TLS_ERROR,
        /** The connection was refused before a protocol was built; seen in logs and counters, never by a protocol. */
        REFUSED
    }

    /** Checks that there is a kind. */
    public CloseReason {
        Objects.requireNonNull(kind, "kind");
    }

    /**
     * A reason without a failure behind it.
     *
     * @param kind the kind of ending
     * @return the reason
     */
    public static CloseReason of(Kind kind) {
        return new CloseReason(kind, null);
    }
}
