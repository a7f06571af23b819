package org.tonyreactor.benchmarks.update;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/** Makes so many new connections a second. Its loop's thread only, but for the switch and the count. */
final class Calls implements LoadLoop.Duty {
    static final long SLOW_CONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int CALLS_PER_TURN = 64;
    private static final int SOURCES = 250;

    private final LoadLoop loop;
    private final Load load;
    private final double nanosPerCall;
    private final Deque<Caller> callers = new ArrayDeque<>();
    private final Histogram connectNanos = new Histogram(3);
    private final Histogram answerNanos = new Histogram(3);
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean on;
    private boolean wasOn;
    private double nextNanos;
    private long made;

    Calls(LoadLoop loop, Load load, int perSecond) {
        this.loop = loop;
        this.load = load;
        nanosPerCall = perSecond == 0 ? Double.MAX_VALUE : 1e9 / perSecond;
    }

    /** Begins or ends to call. Any thread. */
    void turn(boolean nowOn) {
        on = nowOn;
        loop.post(() -> {});
    }

    /** How many calls are not over. Any thread. */
    int open() {
        return open.get();
    }

    Histogram connectNanos() {
        return connectNanos;
    }

    Histogram answerNanos() {
        return answerNanos;
    }

    @Override
    public long perform(long nowNanos) {
        giveUp(nowNanos);
        boolean call = on && nanosPerCall < Double.MAX_VALUE;
        if (call && !wasOn) {
            nextNanos = nowNanos;
        }
        wasOn = call;
        if (!call) {
            return nowNanos + LoadLoop.NOTHING_DUE_NANOS;
        }
        for (int i = 0; i < CALLS_PER_TURN && nextNanos <= nowNanos; i++) {
            call();
            nextNanos += nanosPerCall;
        }
        return Math.max((long) nextNanos, nowNanos);
    }

    void connected(long nanos) {
        connectNanos.recordValue(nanos);
        if (nanos > SLOW_CONNECT_NANOS) {
            load.tally().note(load.tally().slowConnects, "a connect took " + nanos / 1_000_000 + " ms");
        }
    }

    void answered(long nanos) {
        answerNanos.recordValue(nanos);
    }

    void over() {
        open.decrementAndGet();
    }

    private void call() {
        made++;
        // Many addresses, for each has so many ports only, and a port stays taken for a minute after its connection.
        String source = "127.0.2." + (1 + made % SOURCES);
        open.incrementAndGet();
        Caller caller = Caller.call(this, loop, load, source, made);
        if (caller != null) {
            callers.add(caller);
        }
    }

    private void giveUp(long nowNanos) {
        for (Caller oldest = callers.peek(); oldest != null; oldest = callers.peek()) {
            if (!oldest.isOver()) {
                if (oldest.startNanos() + BOUND_NANOS - nowNanos > 0) {
                    return;
                }
                oldest.giveUp();
            }
            callers.remove();
        }
    }
}
