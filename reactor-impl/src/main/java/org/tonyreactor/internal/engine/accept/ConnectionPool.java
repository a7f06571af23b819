package org.tonyreactor.internal.engine.accept;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.connection.Connection;
import org.tonyreactor.internal.engine.loop.Counter;
import org.tonyreactor.internal.engine.loop.Owner;

/**
 * The slots of all connections. A slot never moves: its index names it for as long as it exists. The pool grows by
 * doubling, a segment at a time, and takes from the lowest segment that has a free slot, so that upper segments run
 * empty and can be dropped again. A returned slot must name the generation of its lease and must have been released by
 * its worker, so a stale, double or forged token changes nothing.
 *
 * <p>Owner: the acceptor; the counters are for any thread.
 */
public final class ConnectionPool {
    private final Owner owner;
    private final int initialSize;
    private final List<Segment> segments = new ArrayList<>();
    private final Counter capacity = new Counter();
    private final Counter used = new Counter();
    private final Counter ignoredTokens = new Counter();
    private int maxSize;
    private int generation;

    public ConnectionPool(Owner owner, int initialSize, int maxSize) {
        this.owner = owner;
        this.initialSize = initialSize;
        this.maxSize = maxSize;
        grow();
    }

    /** Sets the bound; slots above it are not dropped while they serve. 0 is no bound. */
    void setMaxSize(int slots) {
        owner.assertOwner();
        maxSize = slots;
    }

    /** Takes a free slot, of a generation of its own; null at the bound. */
    @Nullable
    public Connection acquire() {
        owner.assertOwner();
        if (maxSize != 0 && used.get() >= maxSize) {
            return null;
        }
        if (used.get() == capacity.get() && !grow()) {
            return null;
        }
        for (Segment segment : segments) {
            if (segment.freeCount > 0) {
                Connection slot = segment.take();
                used.increment();
                slot.lease(nextGeneration());
                return slot;
            }
        }
        throw new IllegalStateException("used " + used.get() + " of " + capacity.get() + " slots, but none is free");
    }

    /** The slot that a token gives back; null when it is stale, double or out of range, which is counted. */
    @Nullable
    public Connection leased(int index, int tokenGeneration) {
        owner.assertOwner();
        Connection slot =
                index < 0 || index >= capacity() ? null : segmentOf(index).at(index);
        if (slot == null || !slot.isReleased(tokenGeneration)) {
            ignoredTokens.increment();
            return null;
        }
        return slot;
    }

    /** The slots that are leased to a worker. */
    List<Connection> leasedTo(int worker) {
        owner.assertOwner();
        List<Connection> leased = new ArrayList<>();
        for (Segment segment : segments) {
            for (Connection slot : segment.slots) {
                if (slot != null && slot.isLeased() && slot.workerIndex() == worker) {
                    leased.add(slot);
                }
            }
        }
        return leased;
    }

    /** Takes a slot back that was acquired. */
    public void recycle(Connection slot) {
        owner.assertOwner();
        slot.endLease();
        segmentOf(slot.index).put(slot.index);
        used.add(-1);
    }

    /** Makes the lists of free slots anew: a slot is free when it is not leased. */
    void recount() {
        owner.assertOwner();
        int taken = 0;
        for (Segment segment : segments) {
            segment.recount();
            taken += segment.slots.length - segment.freeCount;
        }
        used.add(taken - used.get());
    }

    /** Drops the upper half while it is unused and the lower one is no more than half taken. */
    void shrink() {
        owner.assertOwner();
        while (segments.size() > 1) {
            Segment top = segments.get(segments.size() - 1);
            if (top.freeCount < top.slots.length || used.get() > top.base / 2) {
                return;
            }
            segments.remove(segments.size() - 1);
            capacity.add(-top.slots.length);
        }
    }

    public int capacity() {
        return (int) capacity.get();
    }

    public int used() {
        return (int) used.get();
    }

    public long ignoredTokens() {
        return ignoredTokens.get();
    }

    /** Never 0, which is the generation of a slot that was never released. */
    private int nextGeneration() {
        generation = generation == -1 ? 1 : generation + 1;
        return generation;
    }

    private boolean grow() {
        int base = capacity();
        int size = base == 0 ? initialSize : base;
        if (base + size > EngineSettings.MAX_CONNECTIONS) {
            return false;
        }
        segments.add(new Segment(base, size));
        capacity.add(size);
        return true;
    }

    private Segment segmentOf(int index) {
        int i = segments.size() - 1;
        while (segments.get(i).base > index) {
            i--;
        }
        return segments.get(i);
    }

    /** Slots of neighbouring indices. They are made when first taken, so a fresh segment costs two arrays. */
    private static final class Segment {
        private final int base;
        private final @Nullable Connection[] slots;
        private final int[] free;
        private int freeCount;

        Segment(int base, int size) {
            this.base = base;
            slots = new @Nullable Connection[size];
            free = new int[size];
            freeCount = size;
            for (int i = 0; i < size; i++) {
                free[i] = size - 1 - i;
            }
        }

        void recount() {
            freeCount = 0;
            for (int i = slots.length - 1; i >= 0; i--) {
                Connection slot = slots[i];
                if (slot == null || !slot.isLeased()) {
                    free[freeCount++] = i;
                }
            }
        }

        @Nullable
        Connection at(int index) {
            return slots[index - base];
        }

        void put(int index) {
            free[freeCount++] = index - base;
        }

        Connection take() {
            int offset = free[freeCount - 1];
            Connection slot = slots[offset];
            if (slot == null) {
                slot = new Connection(base + offset); // First: without memory the slot stays free.
                slots[offset] = slot;
            }
            freeCount--;
            return slot;
        }
    }
}
