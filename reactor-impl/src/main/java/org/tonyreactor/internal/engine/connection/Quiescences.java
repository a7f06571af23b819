package org.tonyreactor.internal.engine.connection;

import java.util.HashMap;
import java.util.Map;
import org.tonyreactor.internal.engine.loop.EventLoop;

/** The connections of one worker whose protocols quiesce: as many as are handed over. Owner: the worker. */
final class Quiescences {
    private final EventLoop loop;
    private final Map<Long, PhasedStream> byId = new HashMap<>();
    private long generation;

    Quiescences(EventLoop loop) {
        this.loop = loop;
    }

    /** The number of the next one. */
    long nextGeneration() {
        return ++generation;
    }

    void note(PhasedStream connection) {
        loop.assertOwner();
        byId.put(connection.id(), connection);
    }

    /** The worker's lists are made anew: protocols that were asked to quiesce stay asked. */
    void noteAgain(PhasedStream connection) {
        if (connection.isQuiescing()) {
            note(connection);
        }
    }

    void forget(PhasedStream connection) {
        loop.assertOwner();
        byId.remove(connection.id());
    }

    void clear() {
        loop.assertOwner();
        byId.clear();
    }

    /**
     * A stage is done, or its time is over, of a connection that may have gone, or been asked again, meanwhile. Returns
     * whether a connection has waited for it.
     */
    boolean onQuiesced(long id, long ofGeneration) {
        loop.assertOwner();
        PhasedStream asked = byId.get(id);
        return asked != null && asked.onQuiesced(ofGeneration);
    }
}
