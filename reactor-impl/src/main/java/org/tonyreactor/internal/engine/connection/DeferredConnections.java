package org.tonyreactor.internal.engine.connection;

import org.jspecify.annotations.Nullable;

/**
 * The connections that a worker is to call back at the end of a turn, in their order. They are linked through the connections
 * themselves, so that deferring needs no memory. Owner: the worker.
 */
final class DeferredConnections {
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

    /** Takes the first one away. */
    @Nullable
    Connection take() {
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
