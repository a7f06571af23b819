package org.tonyreactor.internal.engine.connection;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * The draining of one binding, or of all, on one worker. Connections that can be handed over go to the successor. The
 * others finish their work and are closed; a connection that has not finished at the deadline is ended. Owner: the
 * worker.
 */
public final class Drain {
    private final DrainRequest request;
    private final Runnable done;
    private final DrainTime time;
    private int remaining;
    private @Nullable Timer deadline;
    private boolean over;

    /** The next one among those of the worker that are done and could not tell it. */
    @Nullable
    Drain nextUntold;

    Drain(DrainRequest request, long nowNanos, Runnable done) {
        this.request = request;
        this.time = new DrainTime(nowNanos, request.timeoutNanos());
        this.done = done;
    }

    Kind kind() {
        return request.kind();
    }

    /** Whether those that close are not waited for: the engine sends the rest of their output by itself. */
    boolean releasesClosing() {
        return request.successor() != null;
    }

    /** Whether connections leave it when their wires are closed, not when their protocols are told: the engine stops. */
    boolean awaitsWires() {
        return request.binding() == null && !over;
    }

    /**
     * Begins with the connections of a worker; a connection whose binding goes already keeps its own drain. None ends
     * meanwhile: connections end, and are handed over, at the end of a turn. Active ones come last: they are away for
     * less time.
     */
    void start(Worker worker) {
        begin(worker, false);
        begin(worker, true);
        if (remaining == 0) {
            finish(worker);
        } else {
            deadline = worker.loop().schedule(request.timeoutNanos(), () -> endAll(worker));
        }
    }

    private void begin(Worker worker, boolean active) {
        for (Connection each = worker.firstConnection(); each != null; each = each.next) {
            if (each.isActive() != active) {
                continue;
            }
            if (request.last() && request.binding() != null && each.successor() == request.binding()) {
                each.redirect(request.successor(), request.kind());
            }
            if (request.covers(each) && takes(each, worker)) {
                begin(each);
            }
        }
    }

    /** A connection has one drain. One by command gives way to that of a binding that goes, which has to be waited for. */
    private boolean takes(PhasedStream connection, Worker worker) {
        Drain before = connection.drain();
        if (before == null) {
            return true;
        }
        if (before.request.last() || !request.last()) {
            return false;
        }
        before.onConnectionLeft(worker);
        return true;
    }

    private void begin(PhasedStream connection) {
        FactoryBinding successor = request.successor();
        remaining++;
        connection.startDrain(this);
        if (successor != null && connection.isResumable()) {
            connection.handOverTo(successor, time);
        } else if (connection.successor() == connection.binding()) {
            connection.stay(); // Its own factory's next protocol would have to go, too.
        }
    }

    /** One connection has left: it has told its protocol that it is lost, or has suspended it, or its wire is closed. */
    void onConnectionLeft(Worker worker) {
        remaining--;
        if (remaining == 0) {
            finish(worker);
        }
    }

    /**
     * Ends all connections except those that will be handed over: a hand-over waits for no peer, and comes at the end of a
     * turn.
     */
    private void endAll(Worker worker) {
        over = true;
        for (Connection each = worker.firstConnection(); each != null; each = each.next) {
            if (each.drain() == this && each.successor() == null) {
                each.onDrainTimeout(this);
            }
        }
    }

    /** A connection was to be handed over and stays after all: it has no more time than the others. */
    void onStays(PhasedStream connection) {
        if (over) {
            connection.onDrainTimeout(this);
        }
    }

    private void finish(Worker worker) {
        if (deadline != null) {
            deadline.cancel();
        }
        @Nullable FactoryBinding binding = request.binding();
        if (binding != null && request.last()) {
            binding.counters(worker.index()).pool.close();
        }
        worker.tell(this);
    }

    /** Says that it is done. What this throws is tried again. */
    void tell() {
        done.run();
    }
}
