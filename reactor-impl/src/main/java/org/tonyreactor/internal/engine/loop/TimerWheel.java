package org.tonyreactor.internal.engine.loop;

import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one loop: a hierarchical timing wheel with a tick of one millisecond (Varghese and Lauck, 1987).
 *
 * <p>Level L has 64 slots, each as wide as the whole of level L-1; eleven levels hold every deadline that a long of
 * ticks can name. A timer goes to the level of the highest bit in which its deadline differs from the time reached
 * ({@code deadline XOR reached}) and to the slot of its deadline's digit there. Two facts follow. All timers of a level
 * share the digits above it with the time reached, so a slot's start is known from its index alone, and the earliest
 * timer is in the lowest slot of the lowest level that is not empty: one bit mask per level finds it. When time reaches
 * a slot of a higher level, the timers of the slot differ from the time in lower digits only: they move down
 * ("cascade") and never back into the same slot. Adding and cancelling is linking and unlinking in a list: O(1), no
 * allocation.
 *
 * <p>A new timer waits in an additional list, for any deadline, until the owner next knows the time and calls
 * {@link #place}. So adding a timer reads no clock, a timer that is cancelled in the same turn is never on the wheel,
 * and a timer that is added while timers fire waits for the next call.
 *
 * <p>Work per call of {@link #expire} is bounded; a cascade that does not fit is continued at the next call, before
 * anything later. A timer may be added meanwhile for one of the slots that the cascade fills. It queues up behind the
 * cascade, so timers of one tick fire in the order of adding. A timer never fires early.
 *
 * <p>Owner: the thread of its loop.
 */
public final class TimerWheel {
    /** The slot of a timer that is in no list. */
    static final int UNLINKED = -1;

    private static final long NANOS_PER_TICK = 1_000_000;
    private static final int BITS = 6;
    private static final int SLOTS = 1 << BITS;
    private static final int LEVELS = 11;
    private static final int NONE = -1;

    /** The slot of the timers that are not placed yet, beyond the highest level. */
    private static final int FRESH = LEVELS * SLOTS;

    private final @Nullable Timer[] heads = new @Nullable Timer[FRESH + 1];
    private final long[] occupied = new long[LEVELS + 1];
    private final long originNanos;

    /** The tick up to which all timers have fired, except those that a bound has left in their slot. */
    private long reached;

    /** A slot above level 0 whose timers are moving down, or NONE. */
    private int cascading = NONE;

    private final Counter size = new Counter();

    TimerWheel(long originNanos) {
        this.originNanos = originNanos;
    }

    /** The tick at which a call delayed from now is due. Any thread. Saturates instead of overflowing. */
    long dueTick(long nowNanos, long delayNanos) {
        long due = nowNanos - originNanos + Math.max(delayNanos, 0);
        boolean overflows = due < 0 || due > Long.MAX_VALUE - NANOS_PER_TICK;
        return overflows ? Long.MAX_VALUE / NANOS_PER_TICK : (due + NANOS_PER_TICK - 1) / NANOS_PER_TICK;
    }

    /** Milliseconds until a tick, rounded up; not below 0. Any thread. */
    long remainingMillis(long tick, long nowNanos) {
        long sinceOrigin = nowNanos - originNanos;
        return Math.max(0, tick - sinceOrigin / NANOS_PER_TICK);
    }

    /** A delay in milliseconds, rounded up. */
    static long millisOf(long delayNanos) {
        return delayNanos / NANOS_PER_TICK + (delayNanos % NANOS_PER_TICK == 0 ? 0 : 1);
    }

    /** How many timers are pending. Any thread. */
    public int size() {
        return (int) size.get();
    }

    /** Adds a timer; {@link #place} follows before it can fire. */
    void add(Timer timer) {
        timer.group().link(timer);
        size.increment();
        link(timer, FRESH);
    }

    /**
     * Places the timers that were added since the last call, in the order of adding; delays that do not count yet count
     * from now.
     */
    void place(long nowNanos) {
        Timer timer = heads[FRESH];
        while (timer != null) {
            Timer after = timer.next;
            heads[FRESH] = after; // Whatever happens to this one, the others are not lost.
            timer.previous = timer;
            timer.next = null;
            timer.begin(this, nowNanos);
            link(timer, slotOfNew(timer.dueTick()));
            timer = after;
        }
        empty(FRESH);
    }

    /**
     * Repairs what may be half done if a thread has died inside this class. A list is certainly whole only in its forward
     * direction, so all timers that are found this way are linked anew.
     */
    void recover() {
        cascading = NONE;
        Timer all = null;
        Timer last = null;
        for (int slot = 0; slot <= FRESH; slot++) {
            Timer first = heads[slot];
            heads[slot] = null;
            empty(slot);
            if (last == null) {
                all = first;
            } else {
                last.next = first;
            }
            for (Timer each = first; each != null; each = each.next) {
                last = each;
            }
        }
        size.add(linkAnew(all) - size.get());
    }

    private long linkAnew(@Nullable Timer chain) {
        long count = 0;
        for (Timer timer = chain; timer != null; count++) {
            Timer after = timer.next;
            timer.previous = timer;
            timer.next = null;
            link(timer, timer.dueTick() < 0 ? FRESH : slotOf(timer.dueTick()));
            timer = after;
        }
        return count;
    }

    /** Takes a timer out; a timer that is not linked is ignored. */
    void remove(Timer timer) {
        if (timer.slot == UNLINKED) {
            return;
        }
        unlink(timer);
        timer.group().unlink(timer);
        size.add(-1);
    }

    /**
     * Fires the timers that are due.
     *
     * @param budget how many timers may be fired or moved
     * @return how many were
     */
    int expire(long nowNanos, int budget) {
        long nowTick = (nowNanos - originNanos) / NANOS_PER_TICK;
        for (int done = 0; done < budget; done++) {
            int slot = nextSlot();
            long start = slot == NONE ? Long.MAX_VALUE : startOf(slot);
            if (start > nowTick) {
                reached = Math.max(reached, nowTick);
                return done;
            }
            reached = Math.max(reached, start);
            Timer timer = heads[slot];
            if (slot < SLOTS) {
                remove(timer);
                timer.fire();
            } else {
                cascading = slot;
                unlink(timer);
                link(timer, slotOf(timer.dueTick()));
            }
        }
        return budget;
    }

    /** Milliseconds until a placed timer gives work, rounded up: 0 when there is some now, -1 when there is no timer. */
    long millisToNext(long nowNanos) {
        int slot = nextSlot();
        return slot == NONE ? -1 : remainingMillis(startOf(slot), nowNanos);
    }

    private int nextSlot() {
        if (cascading != NONE) {
            return cascading;
        }
        for (int level = 0; level < LEVELS; level++) {
            if (occupied[level] != 0) {
                return level * SLOTS + Long.numberOfTrailingZeros(occupied[level]);
            }
        }
        return NONE;
    }

    private long startOf(int slot) {
        if (slot == cascading) {
            return reached;
        }
        int level = slot / SLOTS;
        int shift = level * BITS;
        int above = shift + BITS;
        long prefix = above >= Long.SIZE ? 0 : reached >>> above << above;
        return prefix | ((long) (slot % SLOTS) << shift);
    }

    private int slotOfNew(long dueTick) {
        if (cascading != NONE) {
            int shift = cascading / SLOTS * BITS;
            if (Math.max(dueTick, reached) >>> shift == reached >>> shift) {
                return cascading;
            }
        }
        return slotOf(dueTick);
    }

    private int slotOf(long dueTick) {
        long due = Math.max(dueTick, reached);
        int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros((due ^ reached) | (SLOTS - 1))) / BITS;
        return level * SLOTS + (int) ((due >>> (level * BITS)) & (SLOTS - 1));
    }

    private void link(Timer timer, int slot) {
        timer.slot = slot;
        Timer first = heads[slot];
        if (first == null) {
            heads[slot] = timer;
            occupied[slot / SLOTS] |= 1L << slot % SLOTS;
            return;
        }
        Timer last = first.previous;
        timer.previous = last;
        last.next = timer;
        first.previous = timer;
    }

    private void unlink(Timer timer) {
        int slot = timer.slot;
        Timer before = timer.previous;
        Timer after = timer.next;
        if (before.next == timer) {
            before.next = after;
        } else { // The first one: before it is the last one, which has none after it.
            heads[slot] = after;
        }
        Timer first = heads[slot];
        if (after != null) {
            after.previous = before;
        } else if (first != null) {
            first.previous = before;
        } else {
            empty(slot);
        }
        timer.previous = timer;
        timer.next = null;
        timer.slot = UNLINKED;
    }

    private void empty(int slot) {
        occupied[slot / SLOTS] &= ~(1L << slot % SLOTS);
        if (slot == cascading) {
            cascading = NONE;
        }
    }
}
