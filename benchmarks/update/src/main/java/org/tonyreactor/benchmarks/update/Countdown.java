package org.tonyreactor.benchmarks.update;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** So many must come; when the last one comes the time is taken. Any thread. */
final class Countdown {
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
