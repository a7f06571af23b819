package org.tonyreactor.internal.engine.connection;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.internal.engine.loop.LoopMemory;
import org.tonyreactor.internal.engine.loop.MemoryBudget;

/**
 * What a worker does while the engine's memory is short (ADR 24). Above the high level its connections read less; when that
 * lasts, and at the bound at once, those that occupy most are ended, and nobody who has no more than a share.
 *
 * <p>Owner: the worker.
 */
final class MemoryPressure {
    /** How long memory may be short before connections are ended for it. */
    static final long PATIENCE_MILLIS = 10_000;
    /** How often it is looked at meanwhile. */
    static final long LOOK_MILLIS = 50;
    /** How often a warning says how many connections were ended. */
    static final long WARN_MILLIS = 1_000;

    /** How many connections one look finds that are to be ended. */
    private static final int MOST_AT_ONCE = 64;

    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.engine");

    private final Worker worker;
    private final LoopMemory memory;
    private final Runnable look = this::look;

    /** The largest ones that a look has found, the largest last. */
    private final @Nullable Connection[] largest = new @Nullable Connection[MOST_AT_ONCE];

    private int found;
    private boolean lookComes;
    private boolean high;
    private long highSinceNanos;

    MemoryPressure(Worker worker) {
        this.worker = worker;
        this.memory = worker.loop().memory();
    }

    /**
     * Makes room for what a connection is about to keep, by ending larger ones.
     *
     * @return false when there are none, so that it is this one that has to end
     */
    boolean makeRoom(PendingStream asking, long bytes) {
        long its = asking.memoryBytes() + bytes;
        long least = Math.max(its, memory.shareBytes());
        while (!memory.grow(bytes, false)) { // Ends: each round ends a connection.
            if (!endLargest(least, true)) {
                return its <= memory.shareBytes() && memory.grow(bytes, true);
            }
        }
        return true;
    }

    /** A level was crossed, by whoever. At the end of the turn. */
    void onAsked() {
        while (memory.isFull() && endLargest(memory.shareBytes(), true)) { // Ends: each round ends a connection.
            lookLater();
        }
        lookLater();
    }

    private void lookLater() {
        if (!lookComes) {
            worker.loop().schedule(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS), look);
            lookComes = true;
        }
    }

    private void look() {
        lookComes = false;
        long nowNanos = worker.loop().nowNanos();
        boolean wasHigh = high;
        high = memory.isHigh();
        if (high && !wasHigh) {
            highSinceNanos = nowNanos;
        }
        if (high && nowNanos - highSinceNanos >= TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
            endLargest(memory.shareBytes(), false);
        }
        if (high || wasHigh) {
            worker.updateInterests();
        }
        MemoryBudget budget = memory.budget();
        warn(budget, budget.takeEndedSince(nowNanos, TimeUnit.MILLISECONDS.toNanos(WARN_MILLIS)));
        if (high || budget.hasUntold()) {
            lookLater();
        }
    }

    private static void warn(MemoryBudget budget, long ended) {
        if (ended != 0) {
            LOG.warn(
                    "memory is short: {} connection(s) ended to make room; {} of {} bytes (memory.max.bytes) are in use",
                    ended,
                    budget.usedBytes(),
                    budget.maxBytes());
        }
    }

    /**
     * Ends the largest connections, until memory is no longer short.
     *
     * @param least how much those occupy at least that are ended
     * @param full whether until it is not full any more is enough
     * @return whether one was ended
     */
    private boolean endLargest(long least, boolean full) {
        findLargest(least);
        int before = found;
        while (found > 0 && (found == before || (full ? memory.isFull() : memory.isHigh()))) {
            found--;
            Connection each = Slot.required(largest[found]);
            largest[found] = null;
            each.endForRoom();
        }
        while (found > 0) {
            found--;
            largest[found] = null;
        }
        return before > 0;
    }

    private void findLargest(long least) {
        found = 0;
        for (Connection each = worker.firstConnection(); each != null; each = each.next) {
            if (each.phase() != Phase.ENDING && each.memoryBytes() > least) {
                insert(each);
            }
        }
    }

    private void insert(Connection added) {
        long its = added.memoryBytes();
        boolean isDone = found == MOST_AT_ONCE;
        if (isDone && its <= Slot.required(largest[0]).memoryBytes()) {
            return;
        }
        int place = isDone ? 0 : found++;
        if (!isDone) {
            while (place > 0 && Slot.required(largest[place - 1]).memoryBytes() > its) {
                largest[place] = largest[place - 1];
                place--;
            }
        } else {
            while (place + 1 < found && Slot.required(largest[place + 1]).memoryBytes() < its) {
                largest[place] = largest[place + 1];
                place++;
            }
        }
        largest[place] = added;
    }
}
