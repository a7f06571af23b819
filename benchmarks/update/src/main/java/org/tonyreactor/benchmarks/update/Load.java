package org.tonyreactor.benchmarks.update;

import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What all peers share: where the server is, which versions may answer, what was seen. Any thread. */
final class Load {
    final InetSocketAddress server;
    final Tally tally = new Tally();

    /** Of the requests' bytes. */
    final long seed;

    private volatile int newest = 1;
    private volatile int settled = 1;

    Load(InetSocketAddress server, long seed) {
        this.server = server;
        this.seed = seed;
    }

    /** An update to this version begins: from now on it may answer. */
    void begin(int version) {
        newest = version;
    }

    /** The update has returned: it must answer the requests that are sent from now on. */
    void settle() {
        settled = newest;
    }

    int newest() {
        return newest;
    }

    int settled() {
        return settled;
    }

    /** So many must come; when the last one comes the time is taken. */
    static final class Countdown {
        private final CountDownLatch latch;
        private volatile long lastNanos;

        Countdown(int count) {
            latch = new CountDownLatch(count);
        }

        void come() {
            // Every time, for the one that turns out to be the last must have taken it before the latch opens.
            lastNanos = System.nanoTime();
            latch.countDown();
        }

        /** Waits for the last one, for a bounded time; how many have not come. */
        int await(long boundSeconds) throws InterruptedException {
            return latch.await(boundSeconds, TimeUnit.SECONDS) ? 0 : (int) latch.getCount();
        }

        /** The time when the last one so far has come. */
        long lastNanos() {
            return lastNanos;
        }
    }

    /** One update, or one turn of the baseline: which of the live connections have answered from the version wanted. */
    record Round(int version, Countdown answers) {}
}
