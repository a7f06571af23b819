package org.tonyreactor.internal.engine.connection;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.internal.engine.loop.CallbackLog;

/**
 * What the engine hangs on the stage of a quiesce. That stage is a bundle's, and may live for ever: so this knows an id and
 * a generation and no connection, and the worker only as long as that waits.
 *
 * <p>Any thread completes the stage, also while this is hung on it.
 */
final class QuiesceCallback implements BiConsumer<@Nullable Object, @Nullable Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.connection");

    private final long id;
    private final long generation;
    private volatile boolean done;
    /** Who waits; null when nobody does yet, or any more. */
    private volatile @Nullable WorkerProxy waiting;

    /**
     * Nobody waits yet.
     *
     * @param id whose connection's
     * @param generation one number for each quiesce of a worker
     */
    QuiesceCallback(long id, long generation) {
        this.id = id;
        this.generation = generation;
    }

    /** The stage is done. It may say so twice. */
    @Override
    public void accept(@Nullable Object result, @Nullable Throwable failure) {
        if (failure != null && !done) {
            CallbackLog.threw(LOG, "the stage of quiesce of connection " + id, failure);
        }
        done = true;
        WorkerProxy told = waiting;
        if (told != null) {
            told.quiesced(id, generation);
        }
    }

    /** Tells a worker once the stage is done. Returns false when it is done already. */
    boolean tells(WorkerProxy worker) {
        waiting = worker;
        if (!done) { // The other side writes done before it looks who waits: one of the two sees the other.
            return true;
        }
        waiting = null;
        return false;
    }

    /** Nobody waits any more. */
    void cancel() {
        waiting = null;
    }
}
