package org.tonyreactor.internal.engine.connection;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.FailureReport;

/**
 * The connections that a worker is to call back at the end of a turn, in their order. They are linked through the connections
 * themselves, so that deferring needs no memory. Owner: the worker.
 */
final class DeferredConnections {
    private static final Log LOG = Log.named("org.tonyreactor.loop");

    private @Nullable Connection first;
    private @Nullable Connection last;
    private int size;

    int size() {
        return size;
    }

    /** Puts one behind the others, in which it is not yet. */
    void add(Connection connection) {
        Connection before = last;
        connection.nextDeferred = null;
        if (before == null) {
            first = connection;
        } else {
            before.nextDeferred = connection;
        }
        last = connection;
        size++;
    }

    /** Does the work of the first ones, at most so many; work that is deferred meanwhile has its turn next. */
    void run(int most) {
        for (int waiting = Math.min(size, most); waiting > 0; waiting--) {
            Connection waits = take();
            if (waits != null) {
                run(waits);
            }
        }
    }

    private static void run(Connection waits) {
        try {
            waits.runDeferred();
        } catch (RuntimeException | Error e) {
            FailureReport.failed(LOG, waits, Doing.TURN_END, e);
        }
    }

    private @Nullable Connection take() {
        Connection taken = first;
        if (taken != null) {
            first = taken.nextDeferred;
            taken.nextDeferred = null;
            size--;
            if (first == null) {
                last = null;
            }
        }
        return taken;
    }

    /** Forgets all of them. */
    void clear() {
        first = null;
        last = null;
        size = 0;
    }
}
