package org.tonyreactor.internal.engine.connection;

import org.tonyreactor.internal.engine.loop.Inbox;

/**
 * A change of a connection's state by another thread than the worker: the last change of each part counts. Immutable.
 *
 * @param of the transport whose state changes
 * @param reading whether reading pauses or resumes
 * @param expectedBytes how many bytes the next presentation needs, or {@link #UNCHANGED}
 * @param idleMillis the idle timeout (0 is never), or {@link #ENDPOINTS_IDLE}, or {@link #UNCHANGED}
 */
record StateChange(LeasedTransport of, Reading reading, int expectedBytes, long idleMillis) implements Inbox.Change {
    static final int UNCHANGED = -1;
    /** The idle timeout is what the endpoint says. */
    static final long ENDPOINTS_IDLE = -2;

    /** What becomes of reading. */
    enum Reading {
        UNCHANGED,
        PAUSED,
        RESUMED
    }

    static StateChange reading(LeasedTransport of, Reading reading) {
        return new StateChange(of, reading, UNCHANGED, UNCHANGED);
    }

    static StateChange expect(LeasedTransport of, int bytes) {
        return new StateChange(of, Reading.UNCHANGED, bytes, UNCHANGED);
    }

    static StateChange idleTimeout(LeasedTransport of, long millis) {
        return new StateChange(of, Reading.UNCHANGED, UNCHANGED, millis);
    }

    @Override
    public Inbox.Change over(Inbox.Change earlier) {
        StateChange before = (StateChange) earlier;
        return new StateChange(
                of,
                reading == Reading.UNCHANGED ? before.reading : reading,
                expectedBytes == UNCHANGED ? before.expectedBytes : expectedBytes,
                idleMillis == UNCHANGED ? before.idleMillis : idleMillis);
    }

    @Override
    public void run() {
        of.apply(this);
    }
}
