package org.tonyreactor.internal.engine.loop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Inboxes that found no room in the mailbox. If there was one, the loop looks at all its inboxes. */
public final class MissedInboxes {
    /** The inboxes of users; those of connections are the sweep's to find. */
    private final List<Inbox> standing = new CopyOnWriteArrayList<>();

    private Runnable sweep = () -> {};
    private volatile boolean missed;

    /** Sets the action that runs all inboxes of the loop's connections. Before the loop starts. */
    public void sweepBy(Runnable action) {
        sweep = action;
    }

    /** Has an inbox that is no connection's looked at, too. Any thread. */
    public void keep(Inbox inbox) {
        standing.add(inbox);
    }

    /** Any thread. */
    void forget(Inbox inbox) {
        standing.remove(inbox);
    }

    /** One was missed. Any thread. */
    void note() {
        missed = true;
    }

    /** Has all looked at when one was missed. Owner only. */
    void look(Consumer<Runnable> runner) {
        if (missed) {
            missed = false;
            standing.forEach(runner);
            runner.accept(sweep);
        }
    }
}
