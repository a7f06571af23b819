package org.tonyreactor.internal.engine.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.transport.ScheduledCall;

/**
 * One pending call: a node of its wheel's slot and of its group, so that adding and cancelling need no other object.
 *
 * <p>Owner: the wheel's thread owns the links. The call is also the state: the thread that takes it out, atomically,
 * decides. So any thread may cancel, and a timer that is done references nothing of its user. A loop may have millions
 * of timers, so there is no field that another field implies: an object has 48 bytes (TimerBytesBenchmark).
 */
public final class Timer implements ScheduledCall {
    private static final VarHandle CALL;
    private static final VarHandle GROUP;
    private static final VarHandle DUE;

    static {
        try {
            CALL = MethodHandles.lookup().findVarHandle(Timer.class, "call", Runnable.class);
            GROUP = MethodHandles.lookup().findVarHandle(Timer.class, "group", TimerGroup.class);
            DUE = MethodHandles.lookup().findVarHandle(Timer.class, "due", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The tick at which it is due; negative, the complement of its delay in nanoseconds, until that begins to count. */
    private long due;

    /** The slot that the timer is linked in, or {@link TimerWheel#UNLINKED}. */
    int slot = TimerWheel.UNLINKED;

    /** The one before it in the list of the slot; for the first one the last; itself while it is in none. */
    Timer previous = this;

    /** The one after it in the list of the slot; null for the last one. */
    @Nullable
    Timer next;

    @Nullable
    Timer groupPrevious;

    @Nullable
    Timer groupNext;

    /** The group whose timers end together: the loop's own group until the timer joins another one. */
    private TimerGroup group;

    /** Null once it has run or was cancelled. */
    private @Nullable Runnable call;

    private Timer(TimerGroup group, long due, Runnable call) {
        this.group = group;
        this.due = due;
        this.call = call;
    }

    /** A timer whose delay counts from its placing on the wheel. */
    static Timer ofDelay(TimerGroup group, long delayNanos, Runnable call) {
        return new Timer(group, ~Math.max(delayNanos, 0), call);
    }

    static Timer ofTick(TimerGroup group, long dueTick, Runnable call) {
        return new Timer(group, dueTick, call);
    }

    @Override
    public boolean cancel() {
        if (take() == null) {
            return false;
        }
        TimerGroup current = (TimerGroup) GROUP.getVolatile(this);
        EventLoop loop = current.loop();
        if (loop.inLoop()) {
            loop.timers().remove(this);
        } else if (!loop.isOwn(current)) {
            current.removeLater(this);
        }
        return true;
    }

    @Override
    public boolean isDone() {
        return CALL.getVolatile(this) == null;
    }

    @Override
    public long remainingMillis() {
        if (isDone()) {
            return 0;
        }
        long seen = (long) DUE.getOpaque(this);
        if (seen < 0) {
            return TimerWheel.millisOf(~seen);
        }
        EventLoop loop = ((TimerGroup) GROUP.getVolatile(this)).loop();
        return loop.timers().remainingMillis(seen, loop.clock().nanoTime());
    }

    /** Lets the delay count from now, unless it does already. Owner only. */
    void begin(TimerWheel wheel, long nowNanos) {
        if (due < 0) {
            DUE.setOpaque(this, wheel.dueTick(nowNanos, ~due));
        }
    }

    /** When it is due, once its delay counts. Owner only. */
    long dueTick() {
        return due;
    }

    TimerGroup group() {
        return group;
    }

    /**
     * Adds a timer that another thread has made. Owner only. The group is written before the state is looked at, and a
     * cancelling thread does it the other way round: one of the two removes a timer cancelled meanwhile.
     */
    public void join(TimerGroup joined) {
        joined.loop().assertOwner();
        GROUP.setVolatile(this, joined);
        TimerWheel wheel = joined.loop().timers();
        wheel.add(this);
        if (isDone()) {
            wheel.remove(this);
        }
    }

    /** Runs the call unless the timer was cancelled. Owner only, after unlinking. */
    void fire() {
        Runnable due = take();
        if (due != null) {
            group.run(due);
        }
    }

    /** Takes the call out, which decides; null if another thread has done so. */
    private @Nullable Runnable take() {
        return call == null ? null : (Runnable) CALL.getAndSet(this, null);
    }
}
