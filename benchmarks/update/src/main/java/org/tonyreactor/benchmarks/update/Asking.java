package org.tonyreactor.benchmarks.update;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The peers of a loop that are to ask, so many a second: all at once would show how fast the driver is, not how soon the
 * server answers.
 */
final class Asking implements LoadLoop.Duty {
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PEERS_PER_TURN = 100;

    private final Deque<Runnable> peers = new ArrayDeque<>();
    private final long nanosPerPeer;
    private long nextNanos;

    Asking(int perSecond) {
        nanosPerPeer = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    void add(Runnable peer) {
        if (peers.isEmpty()) {
            nextNanos = System.nanoTime();
        }
        peers.add(peer);
    }

    @Override
    public long perform(long nowNanos) {
        for (int i = 0; i < PEERS_PER_TURN && !peers.isEmpty() && nextNanos - nowNanos <= 0; i++) {
            peers.remove().run();
            nextNanos += nanosPerPeer;
        }
        return nowNanos + (peers.isEmpty() ? LoadLoop.NOTHING_DUE_NANOS : TURN_NANOS);
    }
}
