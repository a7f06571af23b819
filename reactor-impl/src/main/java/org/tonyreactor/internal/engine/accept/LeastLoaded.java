package org.tonyreactor.internal.engine.accept;

import java.util.function.IntPredicate;
import org.tonyreactor.internal.engine.loop.Counter;
import org.tonyreactor.internal.engine.loop.Owner;

/**
 * Chooses the worker with the fewest connections. One that is held up by a callback gets none meanwhile, unless all are: a
 * connection that it had got would wait for the end of that callback. Owner: the acceptor.
 */
public final class LeastLoaded {
    private final Owner owner;
    private final Counter[] loads;
    private final IntPredicate isHeldUp;

    LeastLoaded(Owner owner, int workers, IntPredicate isHeldUp) {
        this.owner = owner;
        this.isHeldUp = isHeldUp;
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
        if (isHeldUp.test(least)) {
            least = leastOfFree(least);
        }
        loads[least].increment();
        return least;
    }

    /** The first of the least loaded that are not held up; another one when all are. */
    private int leastOfFree(int otherwise) {
        int least = -1;
        for (int i = 0; i < loads.length; i++) {
            if (!isHeldUp.test(i) && (least < 0 || loads[i].get() < loads[least].get())) {
                least = i;
            }
        }
        return least < 0 ? otherwise : least;
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
