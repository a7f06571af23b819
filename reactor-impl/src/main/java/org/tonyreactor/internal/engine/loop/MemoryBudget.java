package org.tonyreactor.internal.engine.loop;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bound on the memory of everything that waits in one engine for somebody (ADR 24): what it occupies counts, not what of
 * it is payload.
 *
 * <p>A loop takes portions and spends them by itself, see {@link LoopMemory}; a call of another thread takes what it needs.
 * Both are taken before anything is kept, so the bound is never passed. Any thread.
 */
public final class MemoryBudget {
    /** A portion is at most this part of the bound. */
    public static final int PORTIONS = 256;

    /** So much is left for loops that need little when the others have been told to make room. */
    private static final int RESERVE_PARTS = 16;

    /** With many loops portions are smaller, so that what is taken and not spent stays a small part. */
    private static final int PORTIONS_PER_LOOP = 32;

    /** What the bound is when nobody has set one. */
    private static final long UNBOUNDED = Long.MAX_VALUE / 4;

    /** When was told last before anything was. */
    private static final long NEVER = Long.MIN_VALUE;

    /**
     * The levels of one moment.
     *
     * @param maxBytes what is never passed
     * @param fullBytes above this the largest connections are ended
     * @param highBytes above this less is read
     */
    private record Levels(long maxBytes, long fullBytes, long highBytes) {}

    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong fixed = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong toldNanos = new AtomicLong(NEVER);
    /** All of them: an array, since looking at them must need no memory. */
    private volatile LoopMemory[] loops = {};

    private volatile Levels levels = new Levels(UNBOUNDED, UNBOUNDED, UNBOUNDED);

    /** Sets the bound, and the level above which less is read, in percent of the bound. */
    public void limit(long maxBytes, int highPercent) {
        long high = maxBytes / 100 * highPercent;
        levels = new Levels(maxBytes, Math.max(high, maxBytes - maxBytes / RESERVE_PARTS), high);
        ask();
    }

    /** Sets what the engine's own buffers occupy, whatever happens. */
    public void fixed(long bytes) {
        taken.addAndGet(bytes - fixed.getAndSet(bytes));
    }

    /** Before any loop runs, on the thread that makes them. */
    void add(LoopMemory loop) {
        LoopMemory[] more = Arrays.copyOf(loops, loops.length + 1);
        more[more.length - 1] = loop;
        loops = more;
    }

    // Figures.

    public long maxBytes() {
        return levels.maxBytes;
    }

    /** Above this the engine reads less. */
    public long highBytes() {
        return levels.highBytes;
    }

    /** What is occupied: exact while nothing moves. */
    public long usedBytes() {
        long unspent = 0;
        for (LoopMemory loop : loops) {
            unspent += loop.unspentBytes();
        }
        return taken.get() - unspent;
    }

    /** What is occupied, or about to be. */
    long takenBytes() {
        return taken.get();
    }

    /** How many connections were ended to make room. */
    public long ended() {
        return ended.get();
    }

    public void noteEnded() {
        ended.incrementAndGet();
    }

    /** How many connections have ended since this was last told of; 0 also when that was less than a while ago. */
    public long takeEndedSince(long nowNanos, long leastNanos) {
        long last = toldNanos.get();
        if (!hasUntold()
                || (last != NEVER && nowNanos - last < leastNanos)
                || !toldNanos.compareAndSet(last, nowNanos)) { // Else another thread tells.
            return 0;
        }
        long before;
        long upTo;
        do { // Ends: a failed compare-and-set means that another thread has told.
            before = told.get();
            upTo = ended.get();
        } while (!told.compareAndSet(before, upTo));
        return upTo - before;
    }

    public boolean hasUntold() {
        return ended.get() != told.get();
    }

    /** Whether so much waits that less is to be read. */
    boolean isHigh() {
        return taken.get() > levels.highBytes;
    }

    /** Whether so little is left that room has to be made. */
    boolean isFull() {
        return taken.get() > levels.fullBytes;
    }

    /** What each of those that make others wait may occupy while memory is short. */
    long shareBytes() {
        long holders = 0;
        for (LoopMemory loop : loops) {
            holders += loop.holders();
        }
        return levels.highBytes / Math.max(1, holders);
    }

    /** The same, of those that leave input unread. */
    long inputShareBytes() {
        long holders = 0;
        for (LoopMemory loop : loops) {
            holders += loop.inputHolders();
        }
        return levels.highBytes / Math.max(1, holders);
    }

    long portionBytes() {
        return levels.maxBytes / Math.max(PORTIONS, PORTIONS_PER_LOOP * loops.length);
    }

    // Taking.

    /**
     * Takes so many bytes.
     *
     * @param small whether the reserve is for it, too
     * @return false when there are not so many
     */
    boolean take(long bytes, boolean small) {
        Levels now = levels;
        long most = small ? now.maxBytes : now.fullBytes;
        long before;
        do { // Ends: a failed compare-and-set means that another thread has taken or given.
            before = taken.get();
            if (bytes > most - before) {
                ask();
                return false;
            }
        } while (!taken.compareAndSet(before, before + bytes));
        askIfCrossed(before, before + bytes, now);
        return true;
    }

    /** Takes what cannot be refused; it is little, and bounded by its nature. */
    void takeAnyway(long bytes) {
        long before = taken.getAndAdd(bytes);
        askIfCrossed(before, before + bytes, levels);
    }

    void give(long bytes) {
        long before = taken.getAndAdd(-bytes);
        askIfCrossed(before, before - bytes, levels);
    }

    /** Loops look again at what they read when a level was crossed, either way. */
    private void askIfCrossed(long before, long after, Levels now) {
        if (before > now.highBytes != after > now.highBytes || (after > now.fullBytes && before <= now.fullBytes)) {
            ask();
        }
    }

    private void ask() {
        for (LoopMemory loop : loops) {
            loop.ask();
        }
    }
}
