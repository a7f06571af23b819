package org.tonyreactor.benchmarks.update;

import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.tonyreactor.benchmarks.harness.LoadLoop;

/** Asks again and again, one request at a time, and keeps the longest time it has waited for a reply in each round. */
final class ActivePeer extends LivePeer {
    /** From a reply to the next request. */
    private static final long THINK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Runnable askAgain = this::askAgain;
    private boolean waiting = true;
    private long askedNanos = System.nanoTime();
    private long pauseNanos;

    ActivePeer(LoadLoop loop, Load load, SocketChannel channel, long number) {
        super(loop, load, channel, number);
    }

    @Override
    boolean begins() {
        think();
        return true;
    }

    @Override
    void roundBegun() {
        pauseNanos = 0;
    }

    @Override
    void repliedInLife() {
        think();
    }

    /** Records the pause of the round that ends. */
    void endRound(Histogram pauses) {
        if (!isOver()) {
            if (waiting) {
                pauseNanos = Math.max(pauseNanos, System.nanoTime() - askedNanos);
            }
            pauses.recordValue(pauseNanos);
        }
    }

    private void think() {
        waiting = false;
        long nowNanos = System.nanoTime();
        pauseNanos = Math.max(pauseNanos, nowNanos - askedNanos);
        loop.at(nowNanos + THINK_NANOS, askAgain);
    }

    private void askAgain() {
        if (!isOver()) {
            waiting = true;
            askedNanos = System.nanoTime();
            ask();
        }
    }
}
