package org.tonyreactor.internal.engine;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A slot is taken and taken back, on the acceptor, while others are in use. */
public class ConnectionPoolBenchmark extends MicroBenchmark {
    /** A pool as it is by default. */
    @State(Scope.Thread)
    public static class Pool {
        @Param({"0", "10000"})
        int used;

        private final ConnectionPool slots =
                new ConnectionPool(Owner.ANYONE, EngineSettings.defaults().poolInitialConnections(), 0);

        @Setup
        public void fill() {
            for (int i = 0; i < used; i++) {
                acquire();
            }
        }

        private Connection acquire() {
            Connection slot = slots.acquire();
            if (slot == null) {
                throw new IllegalStateException("the pool has no bound");
            }
            return slot;
        }
    }

    @Benchmark
    public int acquireAndTakeBack(Pool pool) {
        Connection slot = pool.acquire();
        pool.slots.takeBack(slot);
        return slot.index;
    }
}
