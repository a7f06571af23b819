package org.tonyreactor.benchmarks.update;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The idle peers of a loop that are to ask, a few at a time: all at once would show how fast the driver is, not how soon
 * the server answers.
 */
final class Asking implements LoadLoop.Duty {
    private static final long NANOS_PER_PEER = TimeUnit.SECONDS.toNanos(1) / 20_000;
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PEERS_PER_TURN = 100;

    private final Deque<IdlePeer> peers = new ArrayDeque<>();
    private long nextNanos;

    void add(IdlePeer peer) {
        if (peers.isEmpty()) {
            nextNanos = System.nanoTime();
        }
        peers.add(peer);
    }

    @Override
    public long perform(long nowNanos) {
        for (int i = 0; i < PEERS_PER_TURN && !peers.isEmpty() && nextNanos - nowNanos <= 0; i++) {
            IdlePeer peer = peers.remove();
            nextNanos += NANOS_PER_PEER;
            if (!peer.isOver()) {
                peer.probe();
            }
        }
        return nowNanos + (peers.isEmpty() ? LoadLoop.NOTHING_DUE_NANOS : TURN_NANOS);
    }
}
