package org.tonyreactor.internal.engine.loop;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A timer is added and cancelled: what a time limit of a request costs that is answered in time. {@code inTurn} is the
 * limit of what is answered in the same turn of the loop. {@code nextTurn} is that of what takes longer: a turn passes
 * between the adding and the cancelling, in which a loop does with its timers whatever it does; it serves a batch of them,
 * as a loop serves many requests in a turn. Netty's wheel has its turns on a thread of its own, which takes part meanwhile
 * and whose time is not counted.
 */
public class TimerCancelBenchmark extends MicroBenchmark {
    /** Timers of one turn. */
    private static final int BATCH = 64;

    private static void call() {}

    /** What is pending meanwhile is due long after the measuring. */
    @State(Scope.Thread)
    public static class Timers {
        @Param({"wheel", "nettyLoop", "nettyWheel"})
        String host = "";

        @Param({"0", "1000000"})
        int pending;

        private final TimerDelays delays = new TimerDelays(TimeUnit.MINUTES.toNanos(10), TimeUnit.HOURS.toNanos(1));
        private final Object[] added = new Object[BATCH];
        private TimerHost timers;

        @Setup
        public void open() {
            timers = TimerHost.open(host, false, TimerCancelBenchmark::call);
            for (int i = 0; i < pending; i++) {
                add();
            }
            timers.turn();
        }

        Object add() {
            return timers.add(delays.nextNanos());
        }

        @TearDown(Level.Trial)
        public void close() {
            timers.close();
        }
    }

    @Benchmark
    public boolean inTurn(Timers in) {
        return in.timers.cancel(in.add());
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public boolean nextTurn(Timers in) {
        for (int i = 0; i < BATCH; i++) {
            in.added[i] = in.add();
        }
        in.timers.turn();
        boolean all = true;
        for (int i = 0; i < BATCH; i++) {
            all &= in.timers.cancel(in.added[i]);
        }
        return all;
    }
}
