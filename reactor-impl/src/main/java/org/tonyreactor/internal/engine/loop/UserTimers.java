package org.tonyreactor.internal.engine.loop;

/**
 * The timers of one user on one loop, and the entry to them: any thread may call, and its calls go through an
 * {@link Inbox}. The timers end together.
 */
public final class UserTimers {
    private final EventLoop loop;
    private final Inbox inbox;
    private final TimerGroup group;

    public UserTimers(EventLoop loop, TimerGroup.Runner runner) {
        this.loop = loop;
        this.inbox = new Inbox(loop);
        this.group = new TimerGroup(runner, inbox, loop.timers());
        loop.missedInboxes().keep(inbox);
    }

    /** Adds a timer whose delay counts from now. */
    public Timer callLater(long delayNanos, Runnable call) {
        Timer timer = loop.newTimer(delayNanos, call);
        inbox.force(() -> timer.join(group));
        return timer;
    }

    /** Cancels all of them, and takes none any more. */
    public void close() {
        inbox.force(() -> {
            group.cancelAll();
            inbox.seal();
            loop.missedInboxes().forget(inbox);
        });
    }
}
