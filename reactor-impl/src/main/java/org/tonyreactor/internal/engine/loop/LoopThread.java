package org.tonyreactor.internal.engine.loop;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The life of a loop's thread: it takes turns until the loop is stopped. A thread that can no longer complete a turn ends,
 * and a new one replaces it.
 *
 * <p>Any thread may start and restart it; the rest belongs to the thread itself.
 */
final class LoopThread {
    /** Turns in a row that fail as a whole before the thread ends. */
    static final int FAILED_TURNS_BEFORE_DEATH = 1_000;
    /** How long the loop waits after a turn that has failed, from the second in a row on. */
    static final long BACK_OFF_NANOS = 1_000_000;

    private final EventLoop loop;
    private final Counter restarts = new Counter();
    private volatile boolean started;
    /** The action of a new thread before its first turn. */
    private volatile @Nullable Runnable recovery;
    /** Something that must be done has failed too often, so the thread must end. */
    private boolean dying;

    LoopThread(EventLoop loop) {
        this.loop = loop;
    }

    /** How often it had died and was replaced. Any thread. */
    Counter restarts() {
        return restarts;
    }

    boolean isStarted() {
        return started;
    }

    /** Starts a thread in place of another one; does nothing if another caller has done so. */
    boolean startAfter(@Nullable Thread before) {
        Thread fresh = loop.newThread(this::run);
        if (!loop.replaceThread(before, fresh)) {
            return false;
        }
        started = true;
        try {
            fresh.start();
            return true;
        } catch (Throwable e) {
            loop.replaceThread(fresh, before); // It has not started, so the thread before it is still the dead one.
            throw e;
        }
    }

    /** Not yet started is not ended. A false isAlive makes all that the thread has written visible. */
    static boolean hasEnded(@Nullable Thread current) {
        return current != null && current.getState() == Thread.State.TERMINATED && !current.isAlive();
    }

    /** Replaces a dead thread by a new one, which does an action before its first turn. */
    void restart(Thread dead, Runnable first) {
        recovery = new OutOfLine(first); // Made here: without memory this is tried again, and is not lost.
        if (startAfter(dead)) {
            restarts.increment();
        }
    }

    /** Ends the thread after this turn. */
    void die() {
        dying = true;
    }

    private void run() {
        recover();
        int failedTurns = 0;
        while (!loop.isStopping() && !dying && failedTurns < FAILED_TURNS_BEFORE_DEATH) {
            try {
                failedTurns = loop.turn() ? 0 : failedTurns + 1;
                if (failedTurns > 1) {
                    LockSupport.parkNanos(this, BACK_OFF_NANOS);
                }
            } catch (Throwable e) {
                failedTurns++; // The report of a failure has failed: that cannot be reported.
            }
        }
        if (loop.isStopping()) {
            loop.end();
        }
    }

    /** If the last thread has died, this repairs what it may have left half done. Nothing else can throw here. */
    private void recover() {
        Runnable first = recovery;
        recovery = null;
        if (first != null) {
            dying = false;
            loop.recover(first);
        }
    }
}
