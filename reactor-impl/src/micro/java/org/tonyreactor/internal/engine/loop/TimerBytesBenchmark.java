package org.tonyreactor.internal.engine.loop;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
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

    private static void call() {}

    /** The figure. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Heap {
        /** Bytes of a pending timer. */
        public double bytesEach;
    }

    /** Whose timers they are. */
    @State(Scope.Thread)
    public static class Kind {
        @Param({"wheel", "nettyLoop", "nettyWheel"})
        String host = "";
    }

    /** Returns what holds the timers, so that they live until the heap has been looked at. */
    @Benchmark
    public Object pending(Kind kind, Heap heap) {
        TimerHost timers = TimerHost.open(kind.host, false, TimerBytesBenchmark::call);
        TimerDelays delays = new TimerDelays(TimeUnit.HOURS.toNanos(1), TimeUnit.HOURS.toNanos(2));
        long before = usedBytes();
        for (int i = 0; i < TIMERS; i++) {
            timers.add(delays.nextNanos());
        }
        heap.bytesEach = (double) (usedBytes() - before) / TIMERS;
        timers.close();
        return timers;
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
