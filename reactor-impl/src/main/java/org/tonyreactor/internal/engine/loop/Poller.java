package org.tonyreactor.internal.engine.loop;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.wire.Multiplexer;

/**
 * The waiting half of a loop's turn: announces sleep to the mailbox, polls, and rebuilds a selector that returns at once
 * without a reason. Owner: the loop's thread.
 */
final class Poller {
    /** The result of {@link #poll} if polling itself has failed. */
    static final int FAILED = -1;
    /** Polls in a row that return nothing, too early and for no reason, before the selector is rebuilt. */
    static final int EMPTY_POLLS_BEFORE_REBUILD = 512;

    private static final Log LOG = Log.named("org.tonyreactor.loop");

    private final String name;
    private final Clock clock;
    private final Multiplexer multiplexer;
    private final Mailbox mailbox;
    private final BooleanSupplier stopping;
    private final Counter rebuilds = new Counter();
    private int emptyPolls;

    Poller(String name, Clock clock, Multiplexer multiplexer, Mailbox mailbox, BooleanSupplier stopping) {
        this.name = name;
        this.clock = clock;
        this.multiplexer = multiplexer;
        this.mailbox = mailbox;
        this.stopping = stopping;
    }

    /** How often the selector was rebuilt. Any thread. */
    Counter rebuilds() {
        return rebuilds;
    }

    /**
     * Polls, and waits if there is no mail.
     *
     * @param timeoutMillis how long to wait; 0 does not wait, a negative value waits until there is something
     * @param nowNanos the time at which waiting begins
     * @return how many channels are ready, or {@link #FAILED}
     */
    int poll(long timeoutMillis, long nowNanos) {
        try {
            boolean sleeps = timeoutMillis != 0 && mailbox.fallAsleep();
            int ready = multiplexer.poll(sleeps ? timeoutMillis : 0);
            if (sleeps) {
                boolean woken = mailbox.awake();
                countEmptyPoll(ready == 0 && !woken && !stopping.getAsBoolean() && !timedOut(timeoutMillis, nowNanos));
            }
            return ready;
        } catch (Throwable e) {
            FailureReport.failed(LOG, name, Doing.POLLING, e);
            countEmptyPoll(true);
            return FAILED;
        }
    }

    private boolean timedOut(long timeoutMillis, long nowNanos) {
        return timeoutMillis > 0 && clock.nanoTime() - nowNanos >= TimeUnit.MILLISECONDS.toNanos(timeoutMillis - 1);
    }

    /** A selector that returns at once, with nothing, for no reason, would spin for ever. An interrupt is a reason. */
    private void countEmptyPoll(boolean empty) {
        if (Thread.interrupted()) {
            LOG.debug("{}: interrupted, which means nothing to it", name);
            return;
        }
        emptyPolls = empty ? emptyPolls + 1 : 0;
        if (emptyPolls >= EMPTY_POLLS_BEFORE_REBUILD) {
            LOG.warn("{}: its selector returned empty {} times in a row and is rebuilt", name, emptyPolls);
            rebuild();
        }
    }

    /** Puts another selector under all channels. */
    void rebuild() {
        emptyPolls = 0;
        rebuilds.increment();
        try {
            multiplexer.rebuild();
        } catch (Throwable e) {
            FailureReport.failed(LOG, name, Doing.REBUILDING, e);
        }
    }
}
