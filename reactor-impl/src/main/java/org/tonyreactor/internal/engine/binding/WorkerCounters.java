package org.tonyreactor.internal.engine.binding;

import org.tonyreactor.internal.engine.loop.Counter;
import org.tonyreactor.transport.CloseReason.Kind;

/** The counters and the pool of one worker for one binding. Owner: that worker; any thread may read the counters. */
public final class WorkerCounters {
    public final Counter refused = new Counter();
    public final Counter bytesIn = new Counter();
    public final Counter bytesOut = new Counter();
    public final Counter errors = new Counter();
    /** Connections lost because a callback or the factory threw. */
    public final Counter failed = new Counter();
    /** Connections that ended, or went to another binding. */
    public final Counter left = new Counter();
    /** Of those that left: the ones that went to another binding. */
    public final Counter suspended = new Counter();
    /** Connections that came from another binding. */
    public final Counter joined = new Counter();

    /** Connections that ended since they had left too much input unread. */
    public final Counter inputOverflows = new Counter();
    /** Connections that ended since their peers had not taken their output. */
    public final Counter slowConsumers = new Counter();
    /** Connections that ended since nothing had happened. */
    public final Counter idleTimeouts = new Counter();
    /** Connections that ended since their peers had not sent a byte. */
    public final Counter firstByteTimeouts = new Counter();

    public final ProtocolPool pool = new ProtocolPool();

    /** A connection has ended; why, is counted where a bound was reached. */
    public void countEnd(Kind why) {
        left.increment();
        if (why == Kind.INPUT_OVERFLOW) {
            inputOverflows.increment();
        } else if (why == Kind.SLOW_CONSUMER) {
            slowConsumers.increment();
        } else if (why == Kind.IDLE_TIMEOUT) {
            idleTimeouts.increment();
        } else if (why == Kind.TIMEOUT_FIRST_BYTE) {
            firstByteTimeouts.increment();
        }
    }
}
