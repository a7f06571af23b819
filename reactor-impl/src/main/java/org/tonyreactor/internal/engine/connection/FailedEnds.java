package org.tonyreactor.internal.engine.connection;

import org.tonyreactor.internal.engine.loop.EventLoop;

/**
 * How many ends of connections have failed since one has succeeded. A failed one is tried again after a pause of a millisecond;
 * at {@link #MAX} the thread is given up, since a fresh one may do better. Owner: the worker.
 */
final class FailedEnds {
    static final int MAX = 10_000;

    private final EventLoop loop;
    private int count;

    FailedEnds(EventLoop loop) {
        this.loop = loop;
    }

    void onFailure() {
        if (++count < MAX) {
            loop.backOff();
        } else {
            count = 0;
            loop.die();
        }
    }

    void onSuccess() {
        count = 0;
    }
}
