package org.tonyreactor.benchmarks.update;

import java.util.concurrent.TimeUnit;
import org.tonyreactor.benchmarks.harness.LoadLoop;

/**
 * Has the peers of a loop do something, so many a second: all at once would show how fast the driver is, not how soon the
 * server answers. The loop's thread only.
 */
final class Pace {
    private final LoadLoop loop;
    private final long nanosPerTask;
    private long nextNanos = Long.MIN_VALUE;

    Pace(LoadLoop loop, int perSecond) {
        this.loop = loop;
        nanosPerTask = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    void add(Runnable task) {
        nextNanos = Math.max(nextNanos + nanosPerTask, loop.nowNanos());
        loop.at(nextNanos, task);
    }
}
