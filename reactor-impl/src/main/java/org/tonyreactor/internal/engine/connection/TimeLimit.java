package org.tonyreactor.internal.engine.connection;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.Timer;

/**
 * The time limit of a connection's present phase; one timer serves all phases. It counts from the last byte that came or
 * went. Owner: the worker.
 */
final class TimeLimit implements Runnable {
    /** How long connecting to a server may take. */
    static final long CONNECT_MILLIS = 30_000;
    /** How long a closing connection may make no progress with its pending output. */
    static final long FLUSH_STALL_MILLIS = 60_000;
    /** How long a closed connection discards what the peer still sends before it is closed for good. */
    static final long LINGER_MILLIS = 1_000;

    private final Connection connection;
    private @Nullable Timer timer;

    TimeLimit(Connection connection) {
        this.connection = connection;
    }

    /** Milliseconds; 0 is no limit. */
    static long millis(Connection connection) {
        return switch (connection.phase()) {
            case CONNECTING -> CONNECT_MILLIS;
            case OPEN -> connection.settings().idleTimeoutMillis();
            case CLOSING -> FLUSH_STALL_MILLIS;
            case LINGERING -> LINGER_MILLIS;
            case SUSPENDED, ENDING, FREE -> 0;
        };
    }

    /** Looks again: the phase or the settings have changed, or time has passed. */
    @Override
    public void run() {
        cancel();
        long limitNanos = TimeUnit.MILLISECONDS.toNanos(millis(connection));
        if (limitNanos == 0) {
            return;
        }
        long idleNanos = connection.idleNanos();
        if (idleNanos >= limitNanos) {
            connection.onTimeLimit();
        } else {
            timer = schedule(limitNanos - idleNanos);
        }
    }

    /** A connection whose limit cannot be watched is not kept. */
    private @Nullable Timer schedule(long delayNanos) {
        try {
            return connection.loop().schedule(delayNanos, this);
        } catch (OutOfMemoryError e) {
            connection.lose(Doing.TIME_LIMIT, e);
            return null;
        }
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
