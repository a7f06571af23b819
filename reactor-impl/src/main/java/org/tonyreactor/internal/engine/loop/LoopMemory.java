package org.tonyreactor.internal.engine.loop;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one loop has taken of the {@link MemoryBudget}, and how much of that it has spent. Spending what was taken already touches
 * nothing that others touch.
 *
 * <p>Owner: the loop, but for what is marked as any thread's.
 */
public final class LoopMemory {
    private final MemoryBudget budget;
    private final EventLoop loop;
    private final Counter takenBytes = new Counter();
    private final Counter usedBytes = new Counter();
    private final Counter outputHolders = new Counter();
    private final Counter inputHolders = new Counter();
    private final AtomicBoolean asked = new AtomicBoolean();

    LoopMemory(MemoryBudget budget, EventLoop loop) {
        this.budget = budget;
        this.loop = loop;
        budget.add(this);
    }

    // Spending.

    /** Spends so many bytes, if there are so many. */
    public boolean reserve(long bytes) {
        if (!grow(bytes, false)) {
            return false;
        }
        usedBytes.add(bytes);
        return true;
    }

    /**
     * Makes sure that so many bytes can be reserved.
     *
     * @param small whether the reserve is for it, too
     */
    public boolean grow(long bytes, boolean small) {
        loop.assertOwner();
        long missing = bytes - unspentBytes();
        if (missing <= 0) {
            return true;
        }
        long portion = budget.portionBytes();
        long portions = (missing + portion - 1) / portion * portion;
        if (budget.take(portions, small)) {
            takenBytes.add(portions);
            return true;
        }
        if (budget.take(missing, small)) {
            takenBytes.add(missing);
            return true;
        }
        return false;
    }

    /** Has so many bytes back, of which all but a portion goes back to the budget. */
    public void release(long bytes) {
        loop.assertOwner();
        usedBytes.add(-bytes);
        long unspent = unspentBytes();
        long portion = budget.portionBytes();
        if (unspent > 2 * portion) {
            takenBytes.add(portion - unspent);
            budget.give(unspent - portion);
        }
    }

    /** Nobody is left who could hold something. What an Error may have left undone is put right by that. */
    public void clear() {
        release(usedBytes.get());
        outputHolders.add(-outputHolders.get());
        inputHolders.add(-inputHolders.get());
    }

    /** One more that keeps output, or one less. */
    public void countOutput(int more) {
        outputHolders.add(more);
    }

    /** One more that leaves input unread, or one less. */
    public void countInput(int more) {
        inputHolders.add(more);
    }

    // How it stands.

    /** Whether so much waits in the engine that less is to be read. */
    public boolean isHigh() {
        return budget.isHigh();
    }

    /** Whether so little is left in the engine that room has to be made. */
    public boolean isFull() {
        return budget.isFull();
    }

    /** What each of those that keep something may occupy while memory is short. */
    public long shareBytes() {
        return budget.shareBytes();
    }

    /** The same, of those that leave input unread. */
    public long inputShareBytes() {
        return budget.inputShareBytes();
    }

    public MemoryBudget budget() {
        return budget;
    }

    /** Whether the loop was asked to look at how it stands; once for each time. */
    public boolean takeAsked() {
        return asked.get() && asked.getAndSet(false);
    }

    // For any thread.

    /** Asks the loop to look at how it stands, at the end of a turn that comes at once. */
    void ask() {
        if (!asked.get() && !asked.getAndSet(true)) {
            loop.wake();
        }
    }

    /**
     * Takes what a call of another thread occupies until the loop has run it.
     *
     * @param waiting what the calls before it occupy
     */
    boolean takeForCall(long bytes, long waiting) {
        return budget.take(bytes, false) || (bytes + waiting <= shareBytes() && budget.take(bytes, true));
    }

    void takeAnyway(long bytes) {
        budget.takeAnyway(bytes);
    }

    void giveOfCalls(long bytes) {
        budget.give(bytes);
    }

    /** What is occupied. */
    public long usedBytes() {
        return usedBytes.get();
    }

    long unspentBytes() {
        return takenBytes.get() - usedBytes.get();
    }

    public long holders() {
        return outputHolders.get() + inputHolders.get();
    }

    public long inputHolders() {
        return inputHolders.get();
    }
}
