package org.tonyreactor.internal.engine.connection;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.CallbackLog;

/**
 * The callback that the engine attaches to the stage of a quiesce. The stage belongs to a bundle and may live for ever.
 * So this callback knows an id and a generation but no connection, and it knows the worker only while the worker waits.
 *
 * <p>Any thread completes the stage, also while the callback is being attached.
 */
final class QuiesceCallback implements BiConsumer<@Nullable Object, @Nullable Throwable> {
    private static final Log LOG = Log.named("org.tonyreactor.connection");

    private final long id;
    private final long generation;
    private volatile boolean done;
    /** The worker that waits; null if none waits yet, or any more. */
    private volatile @Nullable WorkerProxy waiting;

    /**
     * No worker waits yet.
     *
     * @param id the id of the connection
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
            CallbackLog.threw(LOG, "connection " + id, null, "the stage of quiesce", failure);
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
        if (!done) { // The other side writes done before it reads waiting: one of the two sees the other.
            return true;
        }
        waiting = null;
        return false;
    }

    /** No worker waits any more. */
    void cancel() {
        waiting = null;
    }
}
