package org.tonyreactor.internal.engine;

import io.netty.channel.ManualIoEventLoop;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.Ticker;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a pending timer keeps in memory: the heap in use after a collection, before and after a million of them. The
 * figure is the counter {@code bytesEach}; the time is that of the collections and means nothing.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class TimerBytesBenchmark extends MicroBenchmark {
    private static final int TIMERS = 1_000_000;

    /** The figure. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Heap {
        /** Bytes of a pending timer. */
        public double bytesEach;

        /** Keeps what holds the timers alive until the heap has been looked at. */
        private @Nullable Object host;

        private void measure(Object timers, LongConsumer add) {
            host = timers;
            TimerDelays delays = new TimerDelays(TimeUnit.HOURS.toNanos(1), TimeUnit.HOURS.toNanos(2));
            long before = usedBytes();
            for (int i = 0; i < TIMERS; i++) {
                add.accept(delays.nextNanos());
            }
            bytesEach = (double) (usedBytes() - before) / TIMERS;
        }

        /** Netty's wheel has a finalizer: the one of an iteration before goes with the second collection only. */
        private static long usedBytes() {
            MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
            memory.gc();
            System.runFinalization();
            memory.gc();
            return memory.getHeapMemoryUsage().getUsed();
        }
    }

    @Benchmark
    public @Nullable Object wheel(Heap heap) {
        EventLoop loop = NoChannels.ownedLoop(Clock.SYSTEM);
        heap.measure(loop, delayNanos -> loop.schedule(delayNanos, TimerBytesBenchmark::call));
        return heap.host;
    }

    @Benchmark
    public @Nullable Object nettyLoop(Heap heap) {
        ManualIoEventLoop loop = TimerHosts.nettyLoop(Ticker.systemTicker());
        heap.measure(loop, delayNanos -> loop.schedule(TimerBytesBenchmark::call, delayNanos, TimeUnit.NANOSECONDS));
        return heap.host;
    }

    @Benchmark
    public @Nullable Object nettyWheel(Heap heap) {
        HashedWheelTimer timer = TimerHosts.nettyWheel();
        heap.measure(
                timer, delayNanos -> timer.newTimeout(TimerBytesBenchmark::task, delayNanos, TimeUnit.NANOSECONDS));
        timer.stop();
        return heap.host;
    }

    @Benchmark
    public @Nullable Object executor(Heap heap) {
        ScheduledThreadPoolExecutor executor = TimerHosts.executor();
        heap.measure(
                executor, delayNanos -> executor.schedule(TimerBytesBenchmark::call, delayNanos, TimeUnit.NANOSECONDS));
        executor.shutdownNow();
        return heap.host;
    }

    private static void call() {}

    private static void task(Timeout timeout) {}
}
