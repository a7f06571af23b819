package org.tonyreactor.internal.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.accept.AcceptorProxy;
import org.tonyreactor.internal.engine.connection.DrainRequest;
import org.tonyreactor.internal.engine.connection.WorkerGroup;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.log.LogThread;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.OffLoop;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * The end of an engine, all of which is over within {@code stop.timeout.millis}, whatever holds it up: nobody is accepted any
 * more, connections finish what they are at or are ended, then the loops end. The last part of the time is kept for those
 * that are ended and for the loops. Any thread.
 */
final class EngineStop {
    /** What a stop has for itself, however short the time-out is. */
    static final long MIN_STOP_MILLIS = 500;
    /** The most that each of the last two parts has: ending connections, and ending loops. */
    static final long MAX_PART_MILLIS = 500;

    private static final Log LOG = Log.named("org.tonyreactor.engine");

    private final AcceptorProxy acceptor;
    private final WorkerGroup workers;
    private final List<EventLoop> loops;
    private final BoundedWait waits;
    private final AtomicBoolean over = new AtomicBoolean();
    /** Whether the loops have threads, and so has the log. Written before they start. */
    private boolean hasThreads;

    EngineStop(AcceptorProxy acceptor, WorkerGroup workers, List<EventLoop> loops, BoundedWait waits) {
        this.acceptor = acceptor;
        this.workers = workers;
        this.loops = loops;
        this.waits = waits;
    }

    /** The loops are about to get threads, and the log has one until they have ended. */
    void beginLog() {
        hasThreads = true;
        LogThread.begin();
    }

    /** The loops have ended, or are about to. */
    void endLog(boolean mayWait) {
        Log.sumUp();
        if (hasThreads) {
            LogThread.end(mayWait);
        }
    }

    /** From now on nothing that anybody waits for takes longer, all together, than a stop may. The first call counts. */
    void begin(long timeoutMillis) {
        waits.endWithin(Math.max(MIN_STOP_MILLIS, timeoutMillis));
    }

    /** Ends everything, and returns when that is done or its time is over. */
    void run(long timeoutMillis, OffLoop offLoop) {
        begin(timeoutMillis);
        waits.await(acceptor.stop(), "stopping the acceptor");
        long partMillis = partMillis();
        waits.awaitWithin(endAll(timeoutMillis), waits.leftMillis() - partMillis, "ending all connections");
        endLoops(offLoop);
    }

    /**
     * The same for a caller on a loop, which would have to do it: returns at once. Somebody off the loops sees to it that it is
     * over in time; a stepped engine has nobody.
     */
    void runOnLoop(long timeoutMillis, OffLoop offLoop) {
        begin(timeoutMillis);
        CompletableFuture<@Nullable Void> stopped = acceptor.stop();
        CompletableFuture<Void> ended = CompletableFuture.allOf(stopped, endAll(timeoutMillis));
        CompletableFuture<Void> unused = ended.thenRun(() -> endLoops(offLoop));
        if (hasThreads
                && !offLoop.run(() -> {
                    waits.awaitWithin(ended, waits.leftMillis() - partMillis(), "ending all connections");
                    endLoops(offLoop);
                })) {
            LOG.warn("stopped by a callback, and nobody is free to see that it is over in time");
        }
    }

    /** Ends all connections; those that do not finish what they are at in time are cut short. */
    private CompletableFuture<Void> endAll(long timeoutMillis) {
        long drainMillis = Math.max(0, Math.min(timeoutMillis, waits.leftMillis() - 2 * partMillis()));
        DrainRequest all = DrainRequest.all(Kind.ENGINE_STOPPED, TimeUnit.MILLISECONDS.toNanos(drainMillis));
        return CompletableFuture.allOf(workers.drain(all), acceptor.refusalsOver(all.timeoutNanos()));
    }

    private long partMillis() {
        return Math.min(MAX_PART_MILLIS, waits.leftMillis() / 4);
    }

    private void endLoops(OffLoop offLoop) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        loops.forEach(EventLoop::stop);
        boolean allHaveEnded = true;
        for (EventLoop loop : loops) {
            allHaveEnded &= waits.join(loop);
        }
        waits.end(allHaveEnded);
        LOG.info("stopped");
        endLog(waits.mayWait());
        offLoop.close(); // Last: it may be one of its threads that does this.
    }
}
