package org.tonyreactor.benchmarks.update;

import java.nio.channels.SocketChannel;
import org.HdrHistogram.Histogram;

/** Asks again and again, one request at a time, and keeps the longest time it has waited for a reply in each round. */
final class Talker extends LivePeer {
    private final Thinking thinking;
    private boolean waiting = true;
    private long askedNanos = System.nanoTime();
    private long pauseNanos;

    Talker(LoadLoop loop, Load load, SocketChannel channel, long number, Thinking thinking) {
        super(loop, load, channel, number);
        this.thinking = thinking;
    }

    /** The time to think is over. */
    void talk() {
        waiting = true;
        askedNanos = System.nanoTime();
        ask();
    }

    @Override
    boolean begins() {
        thought();
        return true;
    }

    @Override
    void roundBegun() {
        pauseNanos = 0;
    }

    @Override
    void repliedInLife() {
        thought();
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

    private void thought() {
        waiting = false;
        long nowNanos = System.nanoTime();
        pauseNanos = Math.max(pauseNanos, nowNanos - askedNanos);
        thinking.add(this, nowNanos);
    }
}
