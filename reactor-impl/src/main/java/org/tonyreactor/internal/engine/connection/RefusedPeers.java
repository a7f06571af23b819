package org.tonyreactor.internal.engine.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many peers that were turned away linger in one engine: they have seen FIN, and what they still send is discarded. A
 * flood of them must not hold descriptors, so there is room for {@link #MAX_LINGERING}; who finds none sees RST. Any thread.
 */
public final class RefusedPeers {
    /** How many may linger at once. */
    public static final int MAX_LINGERING = 1_024;
    /** How long each lingers at most. */
    public static final long LINGER_MILLIS = TimeLimit.LINGER_MILLIS;

    private final AtomicInteger lingering = new AtomicInteger();
    private final AtomicLong resets = new AtomicLong();

    /** Takes room for one. Returns false when there is none: the peer is to see RST, and is counted. */
    public boolean enter() {
        if (lingering.incrementAndGet() <= MAX_LINGERING) {
            return true;
        }
        leave();
        resets.incrementAndGet();
        return false;
    }

    /** One lingers no more. */
    public void leave() {
        lingering.decrementAndGet();
    }

    /** How many linger now. */
    public int lingering() {
        return lingering.get();
    }

    /** How many have seen RST, since there was no room. */
    public long resets() {
        return resets.get();
    }
}
