package org.tonyreactor.internal.engine.loop;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A timer is added and fires. On the two loops time is moved by hand, so nothing waits: many timers of one second are
 * added in random order, the second passes, all of them fire. Netty's wheel has a thread of its own and knows only the
 * real time: its timers are due at once, which is the least work for it, and it gets so many that its tick of a
 * millisecond does not count.
 *
 * <p>It is warmed up for longer than others: a call is a large batch, so there are few of them, and the JIT compiler is not
 * done with the loops in a second. Measured too early, an engine's loop takes half as long again.
 */
@Warmup(iterations = 3, time = 1)
public class TimerFireBenchmark extends MicroBenchmark {
    private static final int BATCH = 10_000;
    private static final int WHEEL_BATCH = 100_000;

    /** What is pending meanwhile, due long after the measuring, whatever time is made of it. */
    @State(Scope.Thread)
    public static class Pending {
        @Param({"0", "1000000"})
        int pending;

        void addTo(TimerHost timers) {
            TimerDelays delays = new TimerDelays(TimeUnit.DAYS.toNanos(1_000), TimeUnit.DAYS.toNanos(2_000));
            for (int i = 0; i < pending; i++) {
                timers.add(delays.nextNanos());
            }
        }
    }

    /** A loop that the calling thread steps. */
    @State(Scope.Thread)
    public static class Loop {
        @Param({"wheel", "nettyLoop"})
        String host = "";

        private final TimerDelays delays = new TimerDelays(1, TimeUnit.SECONDS.toNanos(1));
        private TimerHost timers;
        private int fired;

        @Setup
        public void open(Pending pending) {
            timers = TimerHost.open(host, true, () -> fired++);
            pending.addTo(timers);
        }

        int fire() {
            fired = 0;
            for (int i = 0; i < BATCH; i++) {
                timers.add(delays.nextNanos());
            }
            timers.passSecond();
            while (fired < BATCH) {
                timers.turn();
            }
            return fired;
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int loop(Loop stepped) {
        return stepped.fire();
    }

    /** Netty's wheel. */
    @State(Scope.Thread)
    public static class NettyWheel {
        private final Semaphore done = new Semaphore(0);
        private TimerHost timers;
        private int fired;

        @Setup
        public void open(Pending pending) {
            timers = TimerHost.open("nettyWheel", false, this::onFire);
            pending.addTo(timers);
        }

        private void onFire() {
            if (++fired == WHEEL_BATCH) {
                fired = 0;
                done.release();
            }
        }

        void fire() {
            for (int i = 0; i < WHEEL_BATCH; i++) {
                timers.add(0);
            }
            done.acquireUninterruptibly();
        }

        @TearDown(Level.Trial)
        public void close() {
            timers.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(WHEEL_BATCH)
    public void nettyWheel(NettyWheel netty) {
        netty.fire();
    }
}
