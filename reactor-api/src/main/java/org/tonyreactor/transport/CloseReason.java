package org.tonyreactor.transport;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended. The first cause counts: a later event that follows from it (for example a reset while
 * closing) does not change it. There is one exception: if the protocol has closed, and something keeps its output from
 * being sent, that cause replaces the close. Immutable; any thread.
 */
public final class CloseReason {
    /** The kinds of endings. More may come: a {@code switch} over them needs a default. */
    public enum Kind {
        /** The peer sent FIN; pending output was sent if the peer took it. */
        CLOSED_BY_PEER,
        /** The protocol called close, before the peer did; all output was sent. */
        CLOSED_BY_PROTOCOL,
        /** An operator closed the connection, or closed or drained its endpoint. */
        CLOSED_BY_OPERATOR,
        /** The protocol called abort. */
        ABORTED,
        /** The peer sent RST. */
        RESET,
        /** Reading or writing failed in another way; see the cause. */
        IO_ERROR,
        /** A callback threw; see the cause. */
        PROTOCOL_ERROR,
        /**
         * Nothing was read or written for {@code reactor.idle.timeout.millis}, or for the time that the protocol has
         * set.
         */
        IDLE_TIMEOUT,
        /** The peer had not sent a byte within {@code reactor.first.byte.timeout.millis}. */
        TIMEOUT_FIRST_BYTE,
        /** Pending output passed {@code reactor.output.max.bytes}, or the peer took none of it for too long. */
        SLOW_CONSUMER,
        /** Unread input passed {@code reactor.input.max.bytes}, or the protocol expected more than that. */
        INPUT_OVERFLOW,
        /** There was no memory left for something that the connection needed. */
        MEMORY,
        /** The factory's service was unregistered, or its listening port closed. */
        SERVICE_GONE,
        /** The engine was stopped. */
        ENGINE_STOPPED,
        /** The connection was refused before a protocol was built; seen in logs and counters, never by a protocol. */
        REFUSED
    }

    private final Kind kind;
    private final @Nullable Throwable cause;

    private CloseReason(Kind kind, @Nullable Throwable cause) {
        this.kind = kind;
        this.cause = cause;
    }

    /**
     * A reason without a failure.
     *
     * @param kind the kind of ending
     * @return the reason
     */
    public static CloseReason of(Kind kind) {
        return new CloseReason(Objects.requireNonNull(kind, "kind"), null);
    }

    /**
     * A reason with the failure that caused it.
     *
     * @param kind the kind of ending
     * @param cause the failure
     * @return the reason
     */
    public static CloseReason of(Kind kind, Throwable cause) {
        return new CloseReason(Objects.requireNonNull(kind, "kind"), Objects.requireNonNull(cause, "cause"));
    }

    /**
     * The kind of ending.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The failure that caused the ending.
     *
     * @return the failure, or null when there was none
     */
    public @Nullable Throwable cause() {
        return cause;
    }

    /**
     * The reason as one line for a log: the kind, and the failure if there was one.
     *
     * @return a text for people; its form may change
     */
    public String message() {
        return cause == null ? kind.name() : kind + ": " + cause;
    }

    @Override
    public String toString() {
        return message();
    }
}
