package org.tonyreactor.internal.engine;

import io.netty.channel.ManualIoEventLoop;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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
 * A timer is added and cancelled: what a time limit of a request costs that is answered in time. {@code InTurn} is the
 * limit of what is answered in the same turn of the loop. {@code NextTurn} is that of what takes longer: a turn passes
 * between the adding and the cancelling, in which a loop does with its timers whatever it does; it serves a batch of them,
 * as a loop serves many requests in a turn. Netty's wheel and the executor have turns on threads of their own, which
 * take part meanwhile and whose time is not counted.
 */
public class TimerCancelBenchmark extends MicroBenchmark {
    /** Timers of one turn. */
    private static final int BATCH = 64;

    private static void call() {}

    private static void task(Timeout timeout) {}

    /** What is pending meanwhile, due long after the measuring. */
    @State(Scope.Thread)
    public static class Pending {
        @Param({"0", "1000000"})
        int pending;

        private final TimerDelays delays = new TimerDelays(TimeUnit.MINUTES.toNanos(10), TimeUnit.HOURS.toNanos(1));

        void fill(Runnable adding) {
            for (int i = 0; i < pending; i++) {
                adding.run();
            }
        }
    }

    /** The wheel of an engine's loop. */
    @State(Scope.Thread)
    public static class Wheel extends Pending {
        private final Timer[] added = new Timer[BATCH];
        private EventLoop loop;
        private TimerGroup group;

        @Setup
        public void open() {
            loop = NoChannels.ownedLoop(Clock.SYSTEM);
            group = new TimerGroup(Runnable::run, new Inbox(loop), loop.timers());
            fill(this::add);
            turn();
        }

        void turn() {
            loop.runOnce(Clock.SYSTEM.nanoTime());
        }

        /** As a connection does it. */
        Timer add() {
            return loop.schedule(group, super.delays.nextNanos(), TimerCancelBenchmark::call);
        }
    }

    @Benchmark
    public boolean wheelInTurn(Wheel wheel) {
        return wheel.add().cancel();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public boolean wheelNextTurn(Wheel wheel) {
        for (int i = 0; i < BATCH; i++) {
            wheel.added[i] = wheel.add();
        }
        wheel.turn();
        boolean all = true;
        for (int i = 0; i < BATCH; i++) {
            all &= wheel.added[i].cancel();
        }
        return all;
    }

    /** Netty's loop. */
    @State(Scope.Thread)
    public static class NettyLoop extends Pending {
        private final Future<?>[] added = new Future<?>[BATCH];
        private ManualIoEventLoop loop;

        @Setup
        public void open() {
            loop = TimerHosts.nettyLoop(Ticker.systemTicker());
            fill(this::add);
            turn();
        }

        void turn() {
            loop.runNow();
        }

        Future<?> add() {
            return loop.schedule(TimerCancelBenchmark::call, super.delays.nextNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Benchmark
    public boolean nettyLoopInTurn(NettyLoop netty) {
        return netty.add().cancel(false);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public boolean nettyLoopNextTurn(NettyLoop netty) {
        for (int i = 0; i < BATCH; i++) {
            netty.added[i] = netty.add();
        }
        netty.turn();
        boolean all = true;
        for (int i = 0; i < BATCH; i++) {
            all &= netty.added[i].cancel(false);
        }
        return all;
    }

    /** Netty's wheel, which has a thread of its own. */
    @State(Scope.Thread)
    public static class NettyWheel extends Pending {
        private final Timeout[] added = new Timeout[BATCH];
        private HashedWheelTimer timer;

        @Setup
        public void open() {
            timer = TimerHosts.nettyWheel();
            fill(this::add);
        }

        Timeout add() {
            return timer.newTimeout(TimerCancelBenchmark::task, super.delays.nextNanos(), TimeUnit.NANOSECONDS);
        }

        @TearDown(Level.Trial)
        public void close() {
            timer.stop();
        }
    }

    @Benchmark
    public boolean nettyWheelInTurn(NettyWheel netty) {
        return netty.add().cancel();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public boolean nettyWheelNextTurn(NettyWheel netty) {
        for (int i = 0; i < BATCH; i++) {
            netty.added[i] = netty.add();
        }
        boolean all = true;
        for (int i = 0; i < BATCH; i++) {
            all &= netty.added[i].cancel();
        }
        return all;
    }

    /** The JDK's executor, which has a thread of its own. */
    @State(Scope.Thread)
    public static class Executor extends Pending {
        private final Future<?>[] added = new Future<?>[BATCH];
        private ScheduledThreadPoolExecutor executor;

        @Setup
        public void open() {
            executor = TimerHosts.executor();
            fill(this::add);
        }

        Future<?> add() {
            return executor.schedule(TimerCancelBenchmark::call, super.delays.nextNanos(), TimeUnit.NANOSECONDS);
        }

        @TearDown(Level.Trial)
        public void close() {
            executor.shutdownNow();
        }
    }

    @Benchmark
    public boolean executorInTurn(Executor jdk) {
        return jdk.add().cancel(false);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public boolean executorNextTurn(Executor jdk) {
        for (int i = 0; i < BATCH; i++) {
            jdk.added[i] = jdk.add();
        }
        boolean all = true;
        for (int i = 0; i < BATCH; i++) {
            all &= jdk.added[i].cancel(false);
        }
        return all;
    }
}
