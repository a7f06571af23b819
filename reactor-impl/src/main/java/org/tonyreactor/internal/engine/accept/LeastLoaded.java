package org.tonyreactor.internal.engine.accept;

import org.tonyreactor.internal.engine.loop.Counter;
import org.tonyreactor.internal.engine.loop.Owner;

/** Chooses the worker with the fewest connections. Owner: the acceptor. */
public final class LeastLoaded {
    private final Owner owner;
    private final Counter[] loads;

    LeastLoaded(Owner owner, int workers) {
        this.owner = owner;
        loads = new Counter[workers];
        for (int i = 0; i < workers; i++) {
            loads[i] = new Counter();
        }
    }

    /** Picks a worker and counts one connection more for it. Of equals the first wins. */
    int pick() {
        owner.assertOwner();
        int least = 0;
        for (int i = 1; i < loads.length; i++) {
            if (loads[i].get() < loads[least].get()) {
                least = i;
            }
        }
        loads[least].increment();
        return least;
    }

    /** Counts one connection less. */
    void release(int worker) {
        owner.assertOwner();
        loads[worker].add(-1);
    }

    /** Counts anew. */
    void set(int worker, int connections) {
        owner.assertOwner();
        loads[worker].add(connections - loads[worker].get());
    }

    /** The connections of a worker. Any thread. */
    public int load(int worker) {
        return (int) loads[worker].get();
    }
}
