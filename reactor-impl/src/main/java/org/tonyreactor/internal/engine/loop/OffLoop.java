package org.tonyreactor.internal.engine.loop;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.tonyreactor.internal.engine.log.Log;

/**
 * The only place for work that may block: a few daemon threads, which are made when there is work and end when there
 * was none for a while. It runs only code of the engine and of the JDK, never of a bundle, and its threads have the
 * engine's own class loader. Bound: {@link #CAPACITY} tasks wait; a further task is refused.
 *
 * <p>Any thread. An outcome goes back to a loop through a proxy.
 */
public final class OffLoop {
    /** How many threads there are at most. */
    public static final int MAX_THREADS = 4;
    /** How many tasks may wait for one. */
    public static final int CAPACITY = 1024;

    private static final Log LOG = Log.named("org.tonyreactor.offloop");
    private static final long IDLE_SECONDS = 10;

    private final Executor tasks;
    private final Runnable end;

    private OffLoop(Executor tasks, Runnable end) {
        this.tasks = tasks;
        this.end = end;
    }

    /** With threads of its own. */
    public static OffLoop threaded() {
        AtomicInteger made = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MAX_THREADS,
                MAX_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(CAPACITY),
                task -> newThread(task, made.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
        return new OffLoop(threads, threads::shutdownNow);
    }

    /** Runs each task at once on the caller's thread: for engines that are stepped. */
    public static OffLoop inline() {
        return by(Runnable::run);
    }

    /** Gives the tasks to another executor: a test that says when they run. */
    public static OffLoop by(Executor runner) {
        return new OffLoop(runner, () -> {});
    }

    private static Thread newThread(Runnable task, int number) {
        Thread thread = new Thread(task, "reactor-offloop-" + number);
        thread.setDaemon(true);
        thread.setContextClassLoader(OffLoop.class.getClassLoader());
        return thread;
    }

    /** Runs a task soon. Its exception is reported. Returns false if too many tasks wait already, or if this is closed. */
    public boolean run(Runnable task) {
        try {
            tasks.execute(() -> runGuarded(task));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Takes no more tasks; waiting tasks are dropped, running ones are interrupted. */
    public void close() {
        end.run();
    }

    private static void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            FailureReport.failed(LOG, task, Doing.OFF_LOOP, e);
        }
    }
}
