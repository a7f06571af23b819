package org.tonyreactor.internal.engine.loop;

/**
 * Runs an action once a number of parts are done, or at once if there are no parts. The countdown is itself the mail that
 * says that a part is done, so sending it needs no memory. Owner: one thread.
 */
public final class Countdown implements Runnable {
    private final Runnable done;
    private int remaining;

    public Countdown(int parts, Runnable done) {
        this.done = done;
        this.remaining = parts;
        if (parts == 0) {
            done.run();
        }
    }

    /** One part is done. */
    @Override
    public void run() {
        if (--remaining == 0) {
            done.run();
        }
    }
}
