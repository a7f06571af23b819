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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A timer is added and cancelled: what a time limit of a request costs that is answered in time. */
public class TimerCancelBenchmark extends MicroBenchmark {
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
        EventLoop loop;
        TimerGroup group;

        @Setup
        public void open() {
            loop = NoChannels.ownedLoop(Clock.SYSTEM);
            group = new TimerGroup(Runnable::run, new Inbox(loop), loop.timers());
            fill(this::add);
        }

        /** As a connection does it. */
        Timer add() {
            Timer timer = loop.newTimer(group, super.delays.nextNanos(), TimerCancelBenchmark::call);
            loop.timers().add(timer);
            return timer;
        }
    }

    @Benchmark
    public boolean wheel(Wheel wheel) {
        return wheel.add().cancel();
    }

    /** Netty's loop. */
    @State(Scope.Thread)
    public static class NettyLoop extends Pending {
        ManualIoEventLoop loop;

        @Setup
        public void open() {
            loop = TimerHosts.nettyLoop(Ticker.systemTicker());
            fill(this::add);
        }

        Future<?> add() {
            return loop.schedule(TimerCancelBenchmark::call, super.delays.nextNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Benchmark
    public boolean nettyLoop(NettyLoop netty) {
        return netty.add().cancel(false);
    }

    /** Netty's wheel, which has a thread of its own. */
    @State(Scope.Thread)
    public static class NettyWheel extends Pending {
        HashedWheelTimer timer;

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
    public boolean nettyWheel(NettyWheel netty) {
        return netty.add().cancel();
    }

    /** The JDK's executor, which has a thread of its own. */
    @State(Scope.Thread)
    public static class Executor extends Pending {
        ScheduledThreadPoolExecutor executor;

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
    public boolean executor(Executor jdk) {
        return jdk.add().cancel(false);
    }
}
