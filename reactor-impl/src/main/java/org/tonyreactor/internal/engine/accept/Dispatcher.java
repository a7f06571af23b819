package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.connection.ConnectAttempt;
import org.tonyreactor.internal.engine.connection.Connection;
import org.tonyreactor.internal.engine.connection.WorkerGroup;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Counter;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * Gives connections to workers: a slot of the pool, the least loaded worker that no callback holds up, and one wake-up
 * a turn for all connections that a worker has got. A slot comes back by its token.
 *
 * <p>Owner: the acceptor; the figures are for any thread.
 */
final class Dispatcher {
    private static final Log LOG = Log.named("org.tonyreactor.acceptor");

    private final EventLoop loop;
    private final WorkerGroup workers;
    private final LeastLoaded loads;
    private final ConnectionPool pool;
    private final Counter exhausted = new Counter();
    /** The places, at their addresses, of the connections that are counted by peer. */
    private final Map<Connection, Admission.Place> places = new HashMap<>();
    /** Workers that have got connections in this turn and sleep on, maybe. */
    private final boolean[] hasMail;

    private long nextId = 1;

    Dispatcher(EventLoop loop, WorkerGroup workers, EngineSettings settings) {
        this.loop = loop;
        this.workers = workers;
        this.loads = new LeastLoaded(loop, workers.size(), this::isHeldUp);
        this.pool = new ConnectionPool(loop, settings.poolInitialConnections(), settings.poolMaxConnections());
        this.hasMail = new boolean[workers.size()];
    }

    private boolean isHeldUp(int worker) {
        return workers.get(worker).isHeldUp(loop.nowNanos());
    }

    /** Any thread. */
    ConnectionPool pool() {
        return pool;
    }

    /** Any thread. */
    LeastLoaded loads() {
        return loads;
    }

    /** Peers turned away because descriptors, slots or mailboxes had run out. Written by the acceptor. */
    Counter exhausted() {
        return exhausted;
    }

    /** Has a worker serve a peer. Returns false when there is no room: the peer is the caller's to close. */
    boolean dispatch(Wire peer, FactoryBinding binding, Admission.@Nullable Place place) {
        loop.assertOwner();
        Connection slot = pool.acquire();
        if (slot != null) {
            slot.assign(peer);
            if (place != null) {
                place.enter();
                places.put(slot, place);
            }
            if (assign(slot, binding)) {
                return true;
            }
        }
        exhausted.increment();
        return false;
    }

    /** Has a worker make a connection; the attempt fails when there is no room. */
    void dispatch(ConnectAttempt attempt, FactoryBinding binding) {
        loop.assertOwner();
        Connection slot = pool.acquire();
        if (slot == null) {
            exhausted.increment();
            attempt.neverMade(
                    new IOException("all " + pool.capacity() + " connections are taken (pool.max.connections)"));
            return;
        }
        slot.assign(attempt);
        if (!assign(slot, binding)) {
            attempt.neverMade(new IOException("the worker has no room for another connection"));
        }
    }

    private boolean assign(Connection slot, FactoryBinding binding) {
        int worker = loads.pick();
        slot.assign(nextId++, binding, worker);
        binding.assigned.increment(); // First: the worker may be done with it before this thread continues.
        boolean adopted = false;
        try {
            adopted = workers.get(worker).adopt(slot);
        } finally {
            if (!adopted) {
                binding.assigned.add(-1);
                recycle(slot, worker);
            }
        }
        hasMail[worker] |= adopted;
        return adopted;
    }

    /** A worker says through the loopback channel that it has released a slot. */
    void onToken(int index, int generation) {
        loop.assertOwner();
        Connection slot = pool.leased(index, generation);
        if (slot == null) {
            LOG.warnOfKind(
                    "a token is stale or forged",
                    "",
                    "a token for slot {} generation {} is stale or forged, and ignored",
                    index,
                    generation);
            return;
        }
        recycle(slot, slot.workerIndex());
    }

    private void recycle(Connection slot, int worker) {
        loads.release(worker);
        pool.recycle(slot);
        Admission.Place place = places.isEmpty() ? null : places.remove(slot);
        if (place != null) {
            place.leave();
        }
    }

    /** Makes the pool's lists and the loads anew from the leases that the slots note. */
    void recount() {
        loop.assertOwner();
        pool.recount();
        for (int worker = 0; worker < workers.size(); worker++) {
            loads.set(worker, pool.leasedTo(worker).size());
        }
    }

    /** Wakes the workers that have got connections. At the end of the turn. */
    void wakeWorkers() {
        for (int i = 0; i < hasMail.length; i++) {
            if (hasMail[i]) {
                hasMail[i] = false;
                workers.get(i).wake();
            }
        }
    }
}
