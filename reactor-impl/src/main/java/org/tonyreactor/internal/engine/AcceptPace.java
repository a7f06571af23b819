package org.tonyreactor.internal.engine;

/**
 * How the acceptor keeps pace with peers that come in quick succession: it rests a little after each turn, so that several
 * have come when it looks again, are accepted in one turn, and cost their worker one wake-up. On a busy machine a thread
 * that wakes for each peer takes more time to come and go than to accept (the churn work of the comparison shows it).
 * Peers that come one by one are accepted at once.
 *
 * <p>Owner: the acceptor.
 */
final class AcceptPace {
    /** Peers that follow each other within this time come in quick succession. */
    static final long QUICK_NANOS = 200_000;
    /** How long the acceptor rests for them; it is at most how much later one of them is accepted. */
    static final long REST_NANOS = 100_000;

    private long lastNanos;
    private boolean accepted;

    AcceptPace(long nowNanos) {
        lastNanos = nowNanos - QUICK_NANOS;
    }

    void onAccepted() {
        accepted = true;
    }

    /** How long to rest after a turn at this time; 0 is not at all. */
    long restNanos(long turnNanos) {
        if (!accepted) {
            return 0;
        }
        accepted = false;
        long rest = turnNanos - lastNanos < QUICK_NANOS ? REST_NANOS : 0;
        lastNanos = turnNanos + rest;
        return rest;
    }
}
