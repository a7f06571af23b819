package org.tonyreactor.internal.engine.connection;

import org.tonyreactor.internal.engine.loop.Inbox;

/**
 * What another thread than the worker wants of a connection's state, the last word on each part of it. Immutable.
 *
 * @param of whose state
 * @param reading whether it is to be read from
 */
record StateChange(LeasedTransport of, Reading reading) implements Inbox.Change {
    /** What becomes of reading. */
    enum Reading {
        UNCHANGED,
        PAUSED,
        RESUMED
    }

    @Override
    public Inbox.Change over(Inbox.Change earlier) {
        StateChange before = (StateChange) earlier;
        return new StateChange(of, reading == Reading.UNCHANGED ? before.reading : reading);
    }

    @Override
    public void run() {
        of.apply(this);
    }
}
