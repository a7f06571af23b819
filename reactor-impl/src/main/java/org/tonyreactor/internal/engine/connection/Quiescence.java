package org.tonyreactor.internal.engine.connection;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.protocol.Resumable;

/**
 * One protocol that finishes its work before it is suspended: until its stage is done, or until the time of the order is
 * over. Owner: the worker.
 */
final class Quiescence {
    /** For every protocol that has nothing to wait for. */
    static final Quiescence OVER = new Quiescence(0);

    private static final Log LOG = Log.named("org.tonyreactor.connection");
    /** The stage of a protocol that does not override quiesce: then no callback is attached to it. */
    private static final CompletionStage<?> QUIET = new ByDefault().quiesce();

    private final long generation;
    /** While it is waited for. */
    private @Nullable QuiesceCallback callback;

    private @Nullable Timer deadline;

    private Quiescence(long generation) {
        this.generation = generation;
    }

    /** Asks the protocol. One that throws loses its connection. */
    static Quiescence begin(PhasedStream connection, DrainTime time) {
        connection.callsUser();
        try {
            CompletionStage<?> quiet = ((Resumable) connection.protocol()).quiesce();
            return quiet == QUIET ? OVER : await(connection, quiet, time);
        } catch (Throwable e) {
            connection.failed("quiesce", e);
            return OVER;
        }
    }

    private static Quiescence await(PhasedStream connection, @Nullable CompletionStage<?> quiet, DrainTime time) {
        if (quiet == null) {
            throw new IllegalStateException("quiesce returned null instead of a stage");
        }
        Worker worker = connection.worker();
        long id = connection.id();
        long generation = worker.quiescences().nextGeneration();
        QuiesceCallback hung = new QuiesceCallback(id, generation);
        CompletionStage<?> unused = quiet.whenComplete(hung);
        long leftNanos = time.leftNanos(worker.loop().nowNanos());
        if (!connection.isOpen() || leftNanos <= 0 || !hung.tells(worker.self())) {
            return OVER;
        }
        Quiescence begun = new Quiescence(generation);
        begun.callback = hung;
        worker.quiescences().note(connection);
        begun.deadline = worker.loop().schedule(leftNanos, () -> onDeadline(worker, id, generation, time));
        return begun;
    }

    private static void onDeadline(Worker worker, long id, long generation, DrainTime time) {
        if (worker.quiescences().onQuiesced(id, generation)) {
            LOG.warnOfKind(
                    "a quiesce is not done in time",
                    "",
                    "connection {}: its quiesce is not done after {} ms, and it is suspended all the same",
                    id,
                    TimeUnit.NANOSECONDS.toMillis(time.limitNanos()));
        }
    }

    boolean isOver() {
        return callback == null;
    }

    boolean isOf(long otherGeneration) {
        return callback != null && generation == otherGeneration;
    }

    /** The worker does not wait for it any more. */
    void stop(PhasedStream connection) {
        if (callback != null) {
            callback.cancel();
            callback = null;
            connection.worker().quiescences().forget(connection);
        }
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    /** Overrides nothing. */
    private static final class ByDefault implements Resumable {
        @Override
        public ByteBuffer suspend() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resume(ByteBuffer state) {
            throw new UnsupportedOperationException();
        }
    }
}
