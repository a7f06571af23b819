package org.tonyreactor.internal.engine.connection;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.Timer;

/**
 * The time limit of a connection's present phase; one timer serves all phases. It counts from the last byte that was
 * read or written. Owner: the worker.
 */
final class TimeLimit implements Runnable {
    /** How long a closing connection may make no progress with its pending output. */
    static final long FLUSH_STALL_MILLIS = 60_000;
    /** How long a closed connection discards what the peer still sends before it is closed for good. */
    static final long LINGER_MILLIS = 1_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final TimedStream connection;
    private @Nullable Timer timer;
    /** Instead of the endpoint's idle timeout, or {@link StateChange#ENDPOINTS_IDLE}. */
    private long ownIdleMillis = StateChange.ENDPOINTS_IDLE;
    /** When the protocol last did something by itself, in the loop's time. */
    private long lastEventNanos;

    TimeLimit(TimedStream connection) {
        this.connection = connection;
        this.lastEventNanos = connection.loop().nowNanos();
    }

    /** Whether there is a limit in this phase. */
    static boolean isNeeded(TimedStream connection) {
        return switch (connection.phase()) {
            case CONNECTING, CLOSING, LINGERING -> true;
            case OPEN ->
                connection.settings().limits().idleTimeoutMillis() != 0
                        || connection.isInputEndTold()
                        || awaitsFirstByte(connection);
            case SUSPENDED, ENDING, FREE -> false;
        };
    }

    /** Looks again: the phase or the settings have changed, or time has passed. */
    @Override
    public void run() {
        cancel();
        long leftNanos = leftNanos();
        if (leftNanos <= 0) {
            connection.onTimeLimit();
        } else if (leftNanos != NEVER) {
            timer = schedule(leftNanos);
        }
    }

    private long leftNanos() {
        return switch (connection.phase()) {
            case CONNECTING ->
                connection.origin().connectLeftNanos(connection.loop().nowNanos());
            case OPEN ->
                connection.isQuiescing()
                        ? NEVER
                        : Math.min(firstByteLeftNanos(), Math.min(idleLeftNanos(), inputEndedLeftNanos()));
            case CLOSING -> leftNanosOf(FLUSH_STALL_MILLIS);
            case LINGERING -> leftNanosOf(LINGER_MILLIS);
            case SUSPENDED, ENDING, FREE -> NEVER;
        };
    }

    private long leftNanosOf(long limitMillis) {
        return TimeUnit.MILLISECONDS.toNanos(limitMillis) - connection.idleNanos();
    }

    private static boolean awaitsFirstByte(TimedStream connection) {
        return connection.settings().limits().firstByteTimeoutMillis() != 0
                && connection.origin().isAccepted()
                && connection.bytesIn() == 0;
    }

    /** It counts from the beginning of the connection; that of a version which has resumed it counts no more. */
    private long firstByteLeftNanos() {
        return awaitsFirstByte(connection)
                ? TimeUnit.MILLISECONDS.toNanos(connection.settings().limits().firstByteTimeoutMillis())
                        - connection.ageNanos()
                : NEVER;
    }

    /** Whether the peer has not sent a byte for as long as it may. */
    boolean isSilent() {
        return firstByteLeftNanos() <= 0;
    }

    private long idleLeftNanos() {
        long limitMillis = ownIdleMillis == StateChange.ENDPOINTS_IDLE
                ? connection.settings().limits().idleTimeoutMillis()
                : ownIdleMillis;
        return limitMillis == 0 ? NEVER : leftNanosOf(limitMillis);
    }

    /** While output is pending or a timer of the protocol runs, it is looked at again after the same time. */
    private long inputEndedLeftNanos() {
        long limitMillis = connection.settings().limits().inputEndedTimeoutMillis();
        if (limitMillis == 0 || !connection.isInputEndTold()) {
            return NEVER;
        }
        long limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
        if (connection.hasPending() || connection.hasTimers()) {
            return limitNanos;
        }
        long eventNanos = connection.loop().nowNanos() - lastEventNanos;
        return limitNanos - Math.min(connection.idleNanos(), eventNanos);
    }

    void idleTimeout(long millis) {
        ownIdleMillis = millis;
    }

    /** Whether nothing was read or written for as long as is allowed. */
    boolean isIdle() {
        return idleLeftNanos() <= 0;
    }

    /** The protocol does something by itself. */
    void noteEvent() {
        lastEventNanos = connection.loop().nowNanos();
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
