package org.tonyreactor.internal.engine.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;

/**
 * The calls of other threads to one connection (or to one user's timers): a stack without locks. The loop takes all
 * calls at once and runs them in the order of pushing.
 *
 * <p>Each node knows the depth and the bytes below it, so the bounds are exact at the push and need no counter. A push
 * onto an empty stack posts the inbox to its loop's mailbox. A connection has one mail for any number of waiting calls,
 * so a flood of calls to one connection fills only its own inbox. A sealed inbox takes no more calls.
 *
 * <p>It is itself the entry to its connection, as a proxy is to the owner of a loop: the only mail that it sends is
 * itself.
 *
 * <p>The handle of a connection extends it: a separate object would cost memory for each connection, and a cache line
 * for each write.
 */
public class Inbox implements Runnable {
    /** A call that runs no user code: it is made even if the user is about to lose the connection. */
    public interface Harmless extends Runnable {}

    /** A call that is told if it will not run, because the inbox was sealed before its turn. */
    public interface Droppable extends Runnable {
        void onDropped();
    }

    /** A change of state. Only the last change counts: it replaces a change that waits directly before it. */
    public interface Change extends Harmless {
        /** This change, combined with an earlier one: parts that only the earlier one has changed are kept. */
        Change over(Change earlier);
    }

    /** How many tasks and timers of other threads may wait for one connection. */
    public static final int CAPACITY = 4096;

    /** What a call occupies, with the buffer that it may have but without what is in that: measured, on a heap below 32 GiB. */
    public static final long CALL_BYTES = 136;

    private static final Log LOG = Log.named("org.tonyreactor.loop");
    private static final VarHandle HEAD;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(Inbox.class, "head", Call.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final Call SEAL = new Call(() -> {}, 0, null);

    public final EventLoop loop;
    private volatile @Nullable Call head;
    /** The call that runs; its bytes are those of the calls behind it then. Loop only. */
    private @Nullable Call running;

    public Inbox(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Puts a call within the bounds. Any thread.
     *
     * @param bytes how many bytes the call keeps in memory
     * @param capacity how many calls may wait, this one included
     * @param capacityBytes how many bytes may be kept by all waiting calls
     * @return false when the inbox is sealed or full, or the engine's memory is
     */
    public final boolean push(Runnable action, long bytes, int capacity, long capacityBytes) {
        Call top = head;
        if (!fits(top, bytes, capacity, capacityBytes)
                || !loop.memory().takeForCall(CALL_BYTES + bytes, memoryBytes(top))) {
            return false;
        }
        while (!put(
                action, bytes,
                top)) { // Ends: a failed compare-and-set means that another push has succeeded, or the seal.
            top = head;
            if (!fits(top, bytes, capacity, capacityBytes)) {
                loop.memory().giveOfCalls(CALL_BYTES + bytes);
                return false;
            }
        }
        return true;
    }

    /** Whether a call would be within the bounds of the inbox now. Any thread. */
    public final boolean fits(long bytes, int capacity, long capacityBytes) {
        return fits(head, bytes, capacity, capacityBytes);
    }

    private static boolean fits(@Nullable Call top, long bytes, int capacity, long capacityBytes) {
        return top == null
                ? capacity > 0 && bytes <= capacityBytes
                : top != SEAL && top.depth < capacity && top.totalBytes + bytes <= capacityBytes;
    }

    private boolean put(Runnable action, long bytes, @Nullable Call top) {
        if (!HEAD.compareAndSet(this, top, new Call(action, bytes, top))) {
            return false;
        }
        if (top == null) {
            loop.deliver(this);
        }
        return true;
    }

    /** Puts a call beyond the bounds; for calls whose number is bounded by their nature. Any thread. */
    public final boolean force(Runnable action) {
        while (true) { // Ends, as a push does.
            Call top = head;
            if (top == SEAL) {
                return false;
            }
            if (putAnyway(action, top)) {
                return true;
            }
        }
    }

    /** Puts a change of state, or replaces the one that was put last. Any thread. */
    public final void change(Change change) {
        while (true) { // Ends, as a push does.
            Call top = head;
            if (top == SEAL) {
                return;
            }
            boolean done = (top != null && top.action instanceof Change earlier)
                    ? HEAD.compareAndSet(this, top, new Call(change.over(earlier), 0, top.next))
                    : putAnyway(change, top);
            if (done) {
                return;
            }
        }
    }

    private boolean putAnyway(Runnable action, @Nullable Call top) {
        loop.memory().takeAnyway(CALL_BYTES);
        if (put(action, 0, top)) {
            return true;
        }
        loop.memory().giveOfCalls(CALL_BYTES);
        return false;
    }

    /** Whether no call waits, so that a call may be made at once and still keeps the order. Loop only. */
    public final boolean nothingWaits() {
        loop.assertOwner();
        Call top = head;
        return (top == null && (running == null || running.next == null)) || top == SEAL;
    }

    /** Whether it takes nothing more. Any thread. */
    public final boolean isSealed() {
        return head == SEAL;
    }

    /** The bytes kept by all calls that have not run yet. Loop only. */
    public final long bytesToRun() {
        loop.assertOwner();
        return waitingBytes() + (running == null ? 0 : running.totalBytes);
    }

    /** The bytes kept by the calls that wait. Any thread. */
    public final long waitingBytes() {
        Call top = head;
        return top == null ? 0 : top.totalBytes;
    }

    /** What the calls that wait occupy. Any thread. */
    public final long memoryBytes() {
        return memoryBytes(head);
    }

    private static long memoryBytes(@Nullable Call top) {
        return top == null || top == SEAL ? 0 : top.totalBytes + (long) top.depth * CALL_BYTES;
    }

    /** Drops what waits and takes nothing more. Loop only. */
    public final void seal() {
        loop.assertOwner();
        drop(takeLast());
    }

    /** Runs the harmless ones of the waiting calls, drops the others and takes no more. Loop only. */
    public final void sealHarmlessly() {
        loop.assertOwner();
        for (Call call = inOrder(takeLast()); call != null; call = call.next) {
            if (call.action instanceof Harmless) {
                runGuarded(call.action);
            } else if (call.action instanceof Droppable droppable) {
                droppable.onDropped();
            }
        }
    }

    private @Nullable Call takeLast() {
        Call waiting = (Call) HEAD.getAndSet(this, SEAL);
        if (waiting == SEAL) {
            return null;
        }
        loop.memory().giveOfCalls(memoryBytes(waiting));
        return waiting;
    }

    /** Runs the waiting calls until one of them seals the inbox. Loop only. */
    @Override
    public final void run() {
        loop.assertOwner();
        Call taken = head;
        while (taken != SEAL && !HEAD.compareAndSet(this, taken, null)) {
            taken = head;
        }
        if (taken == SEAL || taken == null) {
            return;
        }
        long memoryBytes = memoryBytes(taken);
        try {
            Call call = inOrder(taken);
            while (call != null && head != SEAL) {
                running = call;
                runGuarded(call.action);
                call = call.next;
            }
            running = null;
            drop(call);
        } finally {
            loop.memory().giveOfCalls(memoryBytes);
        }
    }

    /** One call that throws must not take those behind it along. */
    private static void runGuarded(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            FailureReport.failed(LOG, action, Doing.CALL_OF_OTHERS, e);
        }
    }

    private static void drop(@Nullable Call first) {
        for (Call call = first; call != null; call = call.next) {
            if (call.action instanceof Droppable droppable) {
                droppable.onDropped();
            }
        }
    }

    private static @Nullable Call inOrder(@Nullable Call last) {
        long allBytes = last == null ? 0 : last.totalBytes;
        Call first = null;
        for (Call call = last; call != null; ) {
            Call below = call.next;
            call.next = first;
            call.totalBytes = allBytes - call.totalBytes;
            first = call;
            call = below;
        }
        return first;
    }

    private static final class Call {
        private final Runnable action;
        private final int depth;
        /** Of this call and those below it; once the loop has taken them, of those behind it. */
        private long totalBytes;

        private @Nullable Call next;

        Call(Runnable action, long bytes, @Nullable Call below) {
            this.action = action;
            this.depth = below == null ? 1 : below.depth + 1;
            this.totalBytes = below == null ? bytes : below.totalBytes + bytes;
            this.next = below;
        }
    }
}
