package org.tonyreactor.internal.engine.loop;

import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * What keeps timers: the wheel of an engine's loop, and what Netty offers. A virtual machine loads one of them only, so
 * that the compiler sees its calls as if they were written out.
 */
abstract class TimerHost {
    /**
     * Makes one.
     *
     * @param movedByHand whether its time stands still but for {@link #passSecond}; for those that a caller steps
     * @param call what each timer calls
     */
    static TimerHost open(String name, boolean movedByHand, Runnable call) {
        return switch (name) {
            case "wheel" -> new Wheel(movedByHand, call);
            case "nettyLoop" -> new NettyLoop(movedByHand, call);
            case "nettyWheel" -> new NettyWheel(call);
            default -> throw new IllegalArgumentException("host must be wheel, nettyLoop or nettyWheel, got " + name);
        };
    }

    abstract Object add(long delayNanos);

    abstract boolean cancel(Object timer);

    /** What a loop does between two events; one that has a thread of its own does it there. */
    void turn() {}

    void passSecond() {
        throw new UnsupportedOperationException("its time is the real one");
    }

    void close() {}

    /** The wheel of a loop that the calling thread steps. */
    private static final class Wheel extends TimerHost {
        private final Clock clock;
        private final EventLoop loop;
        /** Timers have a group, as those of a connection do. */
        private final TimerGroup group;

        private final Runnable call;
        private long movedNanos;

        Wheel(boolean movedByHand, Runnable call) {
            this.call = call;
            clock = movedByHand ? () -> movedNanos : Clock.SYSTEM;
            loop = NoWires.ownedLoop(clock);
            group = new TimerGroup(Runnable::run, new Inbox(loop), loop.timers());
        }

        @Override
        Object add(long delayNanos) {
            return loop.schedule(group, delayNanos, call);
        }

        @Override
        boolean cancel(Object timer) {
            return ((Timer) timer).cancel();
        }

        @Override
        void turn() {
            loop.runOnce(clock.nanoTime());
        }

        @Override
        void passSecond() {
            movedNanos += TimeUnit.SECONDS.toNanos(1);
        }
    }

    /** A loop that the calling thread owns and steps, without channels: what is scheduled is scheduled from inside. */
    private static final class NettyLoop extends TimerHost {
        private final MockTicker ticker = Ticker.newMockTicker();
        private final ManualIoEventLoop loop;
        private final Runnable call;

        NettyLoop(boolean movedByHand, Runnable call) {
            this.call = call;
            loop = new ManualIoEventLoop(
                    null,
                    Thread.currentThread(),
                    LocalIoHandler.newFactory(),
                    movedByHand ? ticker : Ticker.systemTicker());
        }

        @Override
        Object add(long delayNanos) {
            return loop.schedule(call, delayNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        boolean cancel(Object timer) {
            return ((Future<?>) timer).cancel(false);
        }

        @Override
        void turn() {
            loop.runNow();
        }

        @Override
        void passSecond() {
            ticker.advance(1, TimeUnit.SECONDS);
        }
    }

    /** The wheel that has a thread of its own. */
    private static final class NettyWheel extends TimerHost {
        /** Our tick; its own default of 100 ms would take in a million timers a second at most. */
        private static final int TICK_MILLIS = 1;

        private static final int TICKS_PER_WHEEL = 512;

        private final HashedWheelTimer timer = new HashedWheelTimer(
                new DefaultThreadFactory("wheel", true), TICK_MILLIS, TimeUnit.MILLISECONDS, TICKS_PER_WHEEL, false);

        private final TimerTask task;

        NettyWheel(Runnable call) {
            task = timeout -> call.run();
            timer.start();
        }

        @Override
        Object add(long delayNanos) {
            return timer.newTimeout(task, delayNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        boolean cancel(Object timeout) {
            return ((Timeout) timeout).cancel();
        }

        @Override
        void close() {
            timer.stop();
        }
    }
}
