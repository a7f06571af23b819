package org.tonyreactor.internal.engine.connection;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;
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

    private static final Log LOG = Log.named("org.tonyreactor.engine");

    private final Worker worker;
    private final LoopMemory memory;
    private final BooleanSupplier isFull;
    private final BooleanSupplier isHigh;
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
        this.isFull = memory::isFull;
        this.isHigh = memory::isHigh;
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
            if (!endLargest(least, isFull)) {
                return its <= memory.shareBytes() && memory.grow(bytes, true);
            }
        }
        return true;
    }

    /** A level was crossed, by whoever. At the end of the turn. */
    void onAsked() {
        while (memory.isFull() && endLargest(memory.shareBytes(), isFull)) { // Ends: each round ends a connection.
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
            endLargest(memory.shareBytes(), isHigh);
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
     * Ends the largest connections, one at least, until memory is no longer short.
     *
     * @param least those that occupy no more are not ended
     * @return whether one was ended
     */
    private boolean endLargest(long least, BooleanSupplier isShort) {
        findLargest(least);
        boolean ends = found > 0;
        for (boolean more = ends; more; more = found > 0 && isShort.getAsBoolean()) {
            found--;
            Slot.required(largest[found]).endForRoom();
        }
        Arrays.fill(largest, null);
        return ends;
    }

    private void findLargest(long least) {
        found = 0;
        for (Connection each = worker.firstConnection(); each != null; each = each.next) {
            if (each.phase() != Phase.ENDING && each.memoryBytes() > least) {
                insert(each);
            }
        }
    }

    /** Puts one at its place; when there is none left, the smallest makes room. */
    private void insert(Connection added) {
        long its = added.memoryBytes();
        if (found == MOST_AT_ONCE) {
            if (its <= bytesAt(0)) {
                return;
            }
            found--;
            System.arraycopy(largest, 1, largest, 0, found);
        }
        int place = found++;
        while (place > 0 && bytesAt(place - 1) > its) {
            largest[place] = largest[place - 1];
            place--;
        }
        largest[place] = added;
    }

    private long bytesAt(int index) {
        return Slot.required(largest[index]).memoryBytes();
    }
}
