package org.tonyreactor.internal.engine;

import io.netty.channel.ManualIoEventLoop;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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
 * added in random order, the second passes, all of them fire. The two others have threads of their own and know only the
 * real time: their timers are due at once, which is the least work for them, and Netty's wheel gets so many that its
 * tick of a millisecond does not count.
 *
 * <p>It is warmed up for longer than others: a call is a large batch, so there are few of them, and the JIT compiler is not
 * done with the loops in a second. Measured too early, an engine's loop takes half as long again.
 */
@Warmup(iterations = 3, time = 1)
public class TimerFireBenchmark extends MicroBenchmark {
    private static final int BATCH = 10_000;
    private static final int WHEEL_BATCH = 100_000;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static void call() {}

    private static void task(Timeout timeout) {}

    /** What is pending meanwhile, due long after the measuring, whatever time is made of it. */
    @State(Scope.Thread)
    public static class Pending {
        @Param({"0", "1000000"})
        int pending;

        final TimerDelays far = new TimerDelays(TimeUnit.DAYS.toNanos(1_000), TimeUnit.DAYS.toNanos(2_000));
        final TimerDelays near = new TimerDelays(1, SECOND_NANOS);
        int fired;

        void onFire() {
            fired++;
        }

        /** Takes the count. */
        int takeFired() {
            int taken = fired;
            fired = 0;
            return taken;
        }
    }

    /** The wheel of an engine's loop. */
    @State(Scope.Thread)
    public static class Wheel extends Pending {
        private final Runnable call = this::onFire;
        private long nowNanos;
        private EventLoop loop;

        @Setup
        public void open() {
            loop = NoChannels.ownedLoop(() -> nowNanos);
            for (int i = 0; i < pending; i++) {
                loop.schedule(far.nextNanos(), call);
            }
        }

        int fire() {
            for (int i = 0; i < BATCH; i++) {
                loop.schedule(near.nextNanos(), call);
            }
            nowNanos += SECOND_NANOS;
            while (fired < BATCH) {
                loop.runOnce(nowNanos);
            }
            return takeFired();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int wheel(Wheel wheel) {
        return wheel.fire();
    }

    /** Netty's loop. */
    @State(Scope.Thread)
    public static class NettyLoop extends Pending {
        private final Runnable call = this::onFire;
        private final MockTicker ticker = Ticker.newMockTicker();
        private ManualIoEventLoop loop;

        @Setup
        public void open() {
            loop = TimerHosts.nettyLoop(ticker);
            for (int i = 0; i < pending; i++) {
                loop.schedule(call, far.nextNanos(), TimeUnit.NANOSECONDS);
            }
        }

        int fire() {
            for (int i = 0; i < BATCH; i++) {
                loop.schedule(call, near.nextNanos(), TimeUnit.NANOSECONDS);
            }
            ticker.advance(1, TimeUnit.SECONDS);
            while (fired < BATCH) {
                loop.runNow();
            }
            return takeFired();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int nettyLoop(NettyLoop netty) {
        return netty.fire();
    }

    /** Netty's wheel, which has a thread of its own. */
    @State(Scope.Thread)
    public static class NettyWheel extends Pending {
        private final Semaphore done = new Semaphore(0);
        private final TimerTask task = timeout -> {
            onFire();
            if (fired == WHEEL_BATCH) {
                done.release();
            }
        };
        private HashedWheelTimer timer;

        @Setup
        public void open() {
            timer = TimerHosts.nettyWheel();
            for (int i = 0; i < pending; i++) {
                timer.newTimeout(TimerFireBenchmark::task, far.nextNanos(), TimeUnit.NANOSECONDS);
            }
        }

        int fire() {
            for (int i = 0; i < WHEEL_BATCH; i++) {
                timer.newTimeout(task, 0, TimeUnit.NANOSECONDS);
            }
            done.acquireUninterruptibly();
            return takeFired();
        }

        @TearDown(Level.Trial)
        public void close() {
            timer.stop();
        }
    }

    @Benchmark
    @OperationsPerInvocation(WHEEL_BATCH)
    public int nettyWheel(NettyWheel netty) {
        return netty.fire();
    }

    /** The JDK's executor, which has a thread of its own; its timers are added on it, as on the loops. */
    @State(Scope.Thread)
    public static class Executor extends Pending {
        private final Semaphore done = new Semaphore(0);
        private final Runnable call = this::countDown;
        private ScheduledThreadPoolExecutor executor;

        @Setup
        public void open() {
            executor = TimerHosts.executor();
            for (int i = 0; i < pending; i++) {
                executor.schedule(TimerFireBenchmark::call, far.nextNanos(), TimeUnit.NANOSECONDS);
            }
        }

        int fire() {
            executor.execute(() -> {
                for (int i = 0; i < BATCH; i++) {
                    executor.schedule(call, 0, TimeUnit.NANOSECONDS);
                }
            });
            done.acquireUninterruptibly();
            return takeFired();
        }

        private void countDown() {
            onFire();
            if (fired == BATCH) {
                done.release();
            }
        }

        @TearDown(Level.Trial)
        public void close() {
            executor.shutdownNow();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int executor(Executor jdk) {
        return jdk.fire();
    }
}
