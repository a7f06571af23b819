package org.tonyreactor.internal.engine.connection;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * A phased stream with the time limits of its phases, and the actions when a limit has passed. Most idle connections
 * have no limit, so the limit is an object that exists only when it is needed.
 *
 * <p>Owner: the worker.
 */
abstract class TimedStream extends PhasedStream {
    private @Nullable TimeLimit limit;

    TimedStream(int index) {
        super(index);
    }

    @Override
    final void watchLimit() {
        assertOwner();
        if (limit == null) {
            if (!TimeLimit.isNeeded(this)) {
                return;
            }
            limit = new TimeLimit(this);
        }
        limit.run();
    }

    // What this layer asks of the layer above.

    abstract void onConnectTimeout();

    /** How long it exists. */
    abstract long ageNanos();

    // The limit.

    /** The time limit of this phase has passed. */
    final void onTimeLimit() {
        switch (phase()) {
            case CONNECTING -> onConnectTimeout();
            case OPEN -> {
                if (required(limit).isSilent()) {
                    close(CloseReason.of(Kind.TIMEOUT_FIRST_BYTE));
                } else if (!required(limit).isIdle()) {
                    close(CloseReason.of(Kind.CLOSED_BY_PEER)); // Nothing has come of it since the peer's FIN.
                } else if (hasPending()) {
                    abort(Kind.IDLE_TIMEOUT);
                } else {
                    close(CloseReason.of(Kind.IDLE_TIMEOUT));
                }
            }
            case CLOSING -> abort(Kind.SLOW_CONSUMER);
            case LINGERING -> end(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
            case SUSPENDED, ENDING, FREE -> {}
        }
    }

    @Override
    final void idleTimeout(long millis) {
        assertOwner();
        if (limit == null) {
            limit = new TimeLimit(this);
        }
        limit.idleTimeout(millis);
        limit.run();
    }

    @Override
    final void noteEvent() {
        if (limit != null) {
            limit.noteEvent();
        }
    }

    @Override
    final void closeTimers() {
        super.closeTimers();
        if (limit != null) {
            limit.cancel();
        }
    }

    @Override
    void clear() {
        super.clear();
        limit = null;
    }
}
