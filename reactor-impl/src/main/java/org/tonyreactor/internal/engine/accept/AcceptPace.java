package org.tonyreactor.internal.engine.accept;

import static java.util.concurrent.TimeUnit.MICROSECONDS;

/**
 * How the acceptor keeps pace with peers that come in parallel: it rests a little after each turn, so that several have
 * come when it looks again, are accepted in one turn, and cost their worker one wake-up. On a busy machine a thread that
 * wakes for each peer takes more time to come and go than to accept (the churn work of the comparison shows it).
 *
 * <p>The rest follows how many came in a turn: it grows while they are several but not yet {@link #ENOUGH}, and shrinks
 * when they are more than plenty or come one by one. So a client that connects again and again is soon not kept waiting.
 *
 * <p>Owner: the acceptor.
 */
final class AcceptPace {
    /** As many peers in one turn make what the turn itself costs small. */
    static final int ENOUGH = 8;
    /** The shortest rest; below it there is none. */
    static final long MIN_PARK_NANOS = MICROSECONDS.toNanos(50);
    /** The longest rest; it is at most how much later a peer is accepted. */
    static final long MAX_PARK_NANOS = MICROSECONDS.toNanos(400);

    private long parkNanos;
    private int accepted;

    void onAccepted() {
        accepted++;
    }

    /** How long to rest after this turn; 0 is not at all. */
    long parkNanos() {
        if (accepted == 0) {
            return 0;
        }
        if (accepted == 1 || accepted > 2 * ENOUGH) {
            parkNanos = parkNanos > MIN_PARK_NANOS ? parkNanos / 2 : 0;
        } else if (accepted < ENOUGH) {
            parkNanos = Math.min(Math.max(2 * parkNanos, MIN_PARK_NANOS), MAX_PARK_NANOS);
        }
        accepted = 0;
        return parkNanos;
    }
}
