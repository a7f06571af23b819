package org.tonyreactor.internal.engine.loop;

/** Runs an action once a number of parts are done; at once when there are none. Owner: one thread. */
public final class Countdown {
    private final Runnable done;
    private int remaining;

    public Countdown(int parts, Runnable done) {
        this.done = done;
        this.remaining = parts;
        if (parts == 0) {
            done.run();
        }
    }

    public void countDown() {
        if (--remaining == 0) {
            done.run();
        }
    }
}
