package org.tonyreactor.benchmarks.update;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The idle peers of a loop that are to ask, a few at a time: all at once would show how fast the driver is, not how soon
 * the server answers.
 */
final class Asking implements LoadLoop.Duty {
    private static final int PEERS_PER_TURN = 15;
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Deque<IdlePeer> peers = new ArrayDeque<>();
    private long nextNanos = System.nanoTime();

    void add(IdlePeer peer) {
        peers.add(peer);
    }

    @Override
    public long perform(long nowNanos) {
        if (peers.isEmpty()) {
            return nowNanos + LoadLoop.NOTHING_DUE_NANOS;
        }
        if (nextNanos - nowNanos > 0) {
            return nextNanos;
        }
        for (int i = 0; i < PEERS_PER_TURN && !peers.isEmpty(); i++) {
            IdlePeer peer = peers.remove();
            if (!peer.isOver()) {
                peer.probe();
            }
        }
        nextNanos = nowNanos + TURN_NANOS;
        return nextNanos;
    }
}
