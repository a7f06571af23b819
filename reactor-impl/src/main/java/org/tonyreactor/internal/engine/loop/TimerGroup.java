package org.tonyreactor.internal.engine.loop;

import org.jspecify.annotations.Nullable;

/**
 * The timers of one connection, or of one user of the reactor. They end together. Owner: the loop's thread, except
 * {@link #removeLater}.
 */
public final class TimerGroup {
    /** Runs a due call as a callback of the owner. */
    public interface Runner {
        void runTimer(Runnable call);
    }

    private final Runner runner;
    private final Inbox inbox;
    private final TimerWheel wheel;
    private final EventLoop loop;
    private @Nullable Timer head;

    public TimerGroup(Runner runner, Inbox inbox, TimerWheel wheel) {
        this.runner = runner;
        this.inbox = inbox;
        this.wheel = wheel;
        this.loop = inbox.loop;
    }

    /** The loop that its timers are on, or on their way to. Any thread. */
    EventLoop loop() {
        return loop;
    }

    void run(Runnable call) {
        runner.runTimer(call);
    }

    /** Unlinks a timer that another thread has cancelled. Any thread. */
    void removeLater(Timer timer) {
        inbox.force(() -> wheel.remove(timer));
    }

    void link(Timer timer) {
        loop.assertOwner();
        Timer first = head;
        timer.groupNext = first;
        if (first != null) {
            first.groupPrevious = timer;
        }
        head = timer;
    }

    void unlink(Timer timer) {
        loop.assertOwner();
        Timer before = timer.groupPrevious;
        Timer after = timer.groupNext;
        if (before != null) {
            before.groupNext = after;
        } else if (head == timer) {
            head = after;
        }
        if (after != null) {
            after.groupPrevious = before;
        }
        timer.groupPrevious = null;
        timer.groupNext = null;
    }

    /** Whether no timer is pending. Owner only. */
    public boolean isEmpty() {
        loop.assertOwner();
        return head == null;
    }

    /** Cancels every timer of the group. */
    public void cancelAll() {
        loop.assertOwner();
        for (Timer timer = head; timer != null; timer = head) {
            timer.cancel();
            wheel.remove(timer); // Also when another thread had cancelled it and its removal is still under way.
            if (head == timer) {
                unlink(timer); // It was on no wheel, though it should have been: this ends all the same.
            }
        }
    }
}
