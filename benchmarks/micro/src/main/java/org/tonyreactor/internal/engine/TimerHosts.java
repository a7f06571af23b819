package org.tonyreactor.internal.engine;

import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Those who keep timers, each made for the same work: one thread, cancelled timers leave at once or soon. */
final class TimerHosts {
    /** Netty's wheel with our tick; its own default of 100 ms would take in a million timers a second at most. */
    private static final int TICK_MILLIS = 1;

    private static final int TICKS_PER_WHEEL = 512;

    private TimerHosts() {}

    /** A loop of Netty's that the calling thread owns, without channels: what is scheduled is scheduled from inside. */
    static ManualIoEventLoop nettyLoop(Ticker ticker) {
        return new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), ticker);
    }

    static HashedWheelTimer nettyWheel() {
        HashedWheelTimer timer = new HashedWheelTimer(
                new DefaultThreadFactory("wheel", true), TICK_MILLIS, TimeUnit.MILLISECONDS, TICKS_PER_WHEEL, false);
        timer.start();
        return timer;
    }

    static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
