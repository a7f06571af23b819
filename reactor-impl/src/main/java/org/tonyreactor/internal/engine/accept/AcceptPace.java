package org.tonyreactor.internal.engine.accept;

import static java.util.concurrent.TimeUnit.MICROSECONDS;

/**
 * How the acceptor keeps pace with peers that come in parallel: it pauses a little after each turn. Then several peers
 * have come when it polls again. They are accepted in one turn and cost their worker one wake-up. On a busy machine a
 * thread that wakes for each peer takes more time to wake and sleep than to accept (the churn work of the comparison
 * shows it).
 *
 * <p>The pause depends on the number of peers that came in a turn. It doubles for 2 to {@link #ENOUGH} - 1 peers, stays
 * the same up to twice {@link #ENOUGH}, and halves for 1 peer or for more than that. So a single client that connects
 * again and again soon does not wait.
 *
 * <p>Owner: the acceptor.
 */
final class AcceptPace {
    /** As many peers in one turn make what the turn itself costs small. */
    static final int ENOUGH = 8;
    /** The shortest pause; below it there is none. */
    static final long MIN_PARK_NANOS = MICROSECONDS.toNanos(50);
    /** The longest pause: a peer is accepted later by that time at most. */
    static final long MAX_PARK_NANOS = MICROSECONDS.toNanos(400);

    private long parkNanos;
    private int accepted;

    void onAccepted() {
        accepted++;
    }

    /** How long to pause after this turn; 0 is no pause. */
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
