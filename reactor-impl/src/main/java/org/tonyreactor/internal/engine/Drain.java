package org.tonyreactor.internal.engine;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * The draining of one binding, or of all, on one worker: connections finish what they are at and are closed; whoever has
 * not finished at the deadline is ended. Owner: the worker.
 */
final class Drain {
    private final @Nullable FactoryBinding binding;
    private final Kind kind;
    private final Runnable done;
    private int remaining;

    Drain(@Nullable FactoryBinding binding, Kind kind, Runnable done) {
        this.binding = binding;
        this.kind = kind;
        this.done = done;
    }

    Kind kind() {
        return kind;
    }

    /**
     * Begins with the connections of a worker; a connection that drains already keeps its own. None ends meanwhile:
     * connections end at the end of a turn.
     */
    void start(Worker worker, long timeoutNanos) {
        for (Connection each = worker.firstConnection(); each != null; each = each.next) {
            if ((binding == null || each.binding() == binding) && each.drain() == null) {
                remaining++;
                each.startDrain(this);
            }
        }
        if (remaining == 0) {
            finish(worker.index());
        } else {
            worker.loop().schedule(timeoutNanos, () -> endAll(worker));
        }
    }

    /** One connection has told its protocol that it is lost. */
    void onConnectionEnded(int workerIndex) {
        remaining--;
        if (remaining == 0) {
            finish(workerIndex);
        }
    }

    private void endAll(Worker worker) {
        for (Connection each = worker.firstConnection(); each != null; each = each.next) {
            if (each.drain() == this) {
                each.endDrain(this);
            }
        }
    }

    private void finish(int workerIndex) {
        if (binding != null) {
            binding.share(workerIndex).pool.close();
        }
        done.run();
    }
}
