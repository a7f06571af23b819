package org.tonyreactor.internal.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.transport.ScheduledCall;

/**
 * One pending call: a node of its wheel's slot and of its group, so that adding and cancelling need no other object.
 *
 * <p>Owner: the wheel's thread has the links. The state is decided once, by compare-and-set, so that any thread may
 * cancel; who decides it takes the call out, so a done timer references nothing of its user.
 */
final class Timer implements ScheduledCall {
    private static final VarHandle DONE;
    private static final VarHandle GROUP;

    static {
        try {
            DONE = MethodHandles.lookup().findVarHandle(Timer.class, "done", boolean.class);
            GROUP = MethodHandles.lookup().findVarHandle(Timer.class, "group", TimerGroup.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final long dueTick;
    /** The slot that the timer is linked in, or {@link TimerWheel#UNLINKED}. */
    int slot = TimerWheel.UNLINKED;

    /** Neighbours in the circular list of the slot; the timer itself while it is in none. */
    Timer previous = this;

    Timer next = this;

    @Nullable
    Timer groupPrevious;

    @Nullable
    Timer groupNext;

    private final EventLoop loop;
    /** Whose timers die together; null for the engine's own, and for one that has not reached its loop yet. */
    private @Nullable TimerGroup group;

    private @Nullable Runnable call;
    private volatile boolean done;

    Timer(EventLoop loop, @Nullable TimerGroup group, long dueTick, Runnable call) {
        this.loop = loop;
        this.group = group;
        this.dueTick = dueTick;
        this.call = call;
    }

    @Override
    public boolean cancel() {
        if (!decide()) {
            return false;
        }
        call = null;
        if (loop.inLoop()) {
            loop.timers().remove(this);
            return true;
        }
        TimerGroup current = (TimerGroup) GROUP.getVolatile(this);
        if (current != null) {
            current.removeLater(this);
        }
        return true;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public long remainingMillis() {
        return done ? 0 : loop.timers().remainingMillis(dueTick, loop.clock().nanoTime());
    }

    @Nullable
    TimerGroup group() {
        return group;
    }

    /**
     * Adds a timer that another thread has made. Owner only. The group is written before the state is looked at, and a
     * cancelling thread does it the other way round: one of the two removes a timer cancelled meanwhile.
     */
    void join(TimerGroup joined) {
        GROUP.setVolatile(this, joined);
        loop.timers().add(this);
        if (done) {
            loop.timers().remove(this);
        }
    }

    /** Runs the call unless the timer was cancelled. Owner only, after unlinking. */
    void fire() {
        if (!decide()) {
            return;
        }
        Runnable due = call;
        call = null;
        if (due == null) {
            return;
        }
        if (group == null) {
            due.run();
        } else {
            group.run(due);
        }
    }

    private boolean decide() {
        return !done && DONE.compareAndSet(this, false, true);
    }
}
