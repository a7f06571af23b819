package org.tonyreactor.internal.engine.binding;

import org.tonyreactor.internal.engine.loop.Counter;

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

    public final ProtocolPool pool = new ProtocolPool();
}
