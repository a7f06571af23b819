package org.tonyreactor.internal.engine.loop;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The turn that a loop is in, for whoever looks from outside: since when, and for whom it works. Written by the loop, read
 * by any thread, which may see it a little late.
 */
public final class PresentTurn {
    /** Clock time at which its work began; 0 between two turns. */
    private final AtomicLong sinceNanos = new AtomicLong();

    private final AtomicReference<@Nullable Object> whose = new AtomicReference<>();

    void begin(long nowNanos) {
        sinceNanos.setOpaque(nowNanos | 1);
    }

    void end() {
        worksFor(null); // Whoever has gone is not kept by a loop that waits.
        sinceNanos.setOpaque(0);
    }

    /**
     * Code of a user is about to be called. Writes only when that is another one's than before, since a write of a reference
     * costs more than a look.
     *
     * @param user whose code it is; its text names it; null when nobody knows
     */
    public void worksFor(@Nullable Object user) {
        if (whose.getPlain() != user) {
            whose.setOpaque(user);
        }
    }

    /** Clock time since which the loop is at work without a look at its selector, or 0 while it waits. */
    public long sinceNanos() {
        return sinceNanos.getOpaque();
    }

    /** Whose code was called last in this turn; null when nobody's was, or nobody knows. */
    @Nullable
    Object whose() {
        return whose.getOpaque();
    }
}
