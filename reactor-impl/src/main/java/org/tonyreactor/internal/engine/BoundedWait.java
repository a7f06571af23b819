package org.tonyreactor.internal.engine;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Clock;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.Watchdog;

/**
 * The waits of callers of the engine, on their own threads. Each wait has a bound. A thread of the engine does not wait,
 * because this thread would have to do the work.
 */
final class BoundedWait {
    /** How long the engine's own part of an operation may take, on top of a drain. */
    static final long OPERATION_TIMEOUT_MILLIS = 5_000;
    /** How long an answer is waited for of whoever is only looked at. */
    static final long LOOK_TIMEOUT_MILLIS = 2_000;

    private static final Log LOG = Log.named("org.tonyreactor.engine");

    /** How a caller waits if it has to do the work itself. */
    private record Driver(Thread thread, Runnable turn) {}

    /** Until when all waits are over. */
    private record Deadline(long setNanos, long millis) {}

    private final Clock clock;
    private final BooleanSupplier mustNotWait;
    private volatile @Nullable Deadline deadline;
    private @Nullable Driver driver;
    /** Done once the loops have ended, or are waited for no more: true if all of them have ended. */
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    BoundedWait(Clock clock, BooleanSupplier mustNotWait) {
        this.clock = clock;
        this.mustNotWait = mustNotWait;
    }

    /** All waits from now on are over within one time, together. The first call counts. */
    void endWithin(long millis) {
        if (deadline == null) {
            deadline = new Deadline(clock.nanoTime(), millis);
        }
    }

    /** How long waits may still take, together. */
    long leftMillis() {
        Deadline end = deadline;
        return end == null
                ? Long.MAX_VALUE
                : Math.max(0, end.millis - TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - end.setNanos));
    }

    /** The calling thread steps the engine: when it waits, it takes turns until time is out, which is the clock's. */
    void driveBy(Runnable turn) {
        driver = new Driver(Thread.currentThread(), turn);
    }

    boolean areDriven() {
        return driver != null;
    }

    /** Whether the caller may wait, since it is no thread of the engine. */
    boolean mayWait() {
        return !mustNotWait.getAsBoolean();
    }

    /** Waits for answers. One that does not come in time is not logged: whoever asks says whose is missing. */
    void look(Collection<? extends CompletableFuture<?>> answers) {
        await(
                CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0])),
                LOOK_TIMEOUT_MILLIS,
                (why, cause) -> LOG.debug("an answer {}", why, cause));
    }

    /** Waits for a mail to be worked off. Returns false when it was not in time, or when the caller must not wait. */
    boolean await(CompletableFuture<?> outcome, String what) {
        return await(outcome, 0, what);
    }

    /** Waits for several mails, some of which take a drain. Returns false as above. */
    boolean await(Collection<? extends CompletableFuture<?>> parts, long drainMillis, String what) {
        return await(CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0])), drainMillis, what);
    }

    /** Waits for a mail that takes a drain. Returns false as above. */
    boolean await(CompletableFuture<?> outcome, long drainMillis, String what) {
        return awaitWithin(outcome, saturatedAdd(drainMillis, OPERATION_TIMEOUT_MILLIS), what);
    }

    /** Waits for no longer than that. Returns false as above. */
    boolean awaitWithin(CompletableFuture<?> outcome, long millis, String what) {
        return await(outcome, millis, (why, cause) -> LOG.error("{} {}", what, why, cause));
    }

    private boolean await(CompletableFuture<?> outcome, long millis, BiConsumer<String, @Nullable Throwable> log) {
        if (outcome.isDone()) {
            return true;
        }
        if (mustNotWait.getAsBoolean()) {
            return false;
        }
        long timeoutMillis = Math.min(millis, leftMillis());
        String late = "is not done after " + timeoutMillis + " ms";
        if (driver != null && driver.thread == Thread.currentThread()) {
            return drive(driver, outcome, timeoutMillis, () -> log.accept(late, null));
        }
        try {
            CompletableFuture.anyOf(outcome, ended).get(timeoutMillis, TimeUnit.MILLISECONDS);
            return outcome.isDone() || ended.getNow(false);
        } catch (TimeoutException e) {
            log.accept(late, null);
        } catch (ExecutionException e) {
            log.accept("failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("interrupted while waiting for the engine");
        }
        return false;
    }

    private boolean drive(Driver by, CompletableFuture<?> outcome, long timeoutMillis, Runnable late) {
        long beganNanos = clock.nanoTime();
        long timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (!outcome.isDone() && !ended.isDone()) { // Ends: time passes when there is nothing to do.
            if (clock.nanoTime() - beganNanos > timeoutNanos) {
                late.run();
                return false;
            }
            by.turn.run();
        }
        return !outcome.isCompletedExceptionally();
    }

    /** Waits for the thread of a loop that was stopped, unless that is the caller. Returns whether it has ended. */
    boolean join(EventLoop loop) {
        Thread thread = loop.thread();
        if (thread == null || thread == Thread.currentThread()) {
            return true;
        }
        try {
            thread.join(Math.max(1, Math.min(OPERATION_TIMEOUT_MILLIS, leftMillis()))); // 0 would be for ever.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.error("{} has not ended; it is held up:{}", loop.name(), Watchdog.stackOf(loop));
            return false;
        }
        return true;
    }

    /**
     * The waiting callers continue.
     *
     * @param nothingRuns whether all loops have ended, so that what the callers wait for is as good as done
     */
    void end(boolean nothingRuns) {
        ended.complete(nothingRuns);
    }

    private static long saturatedAdd(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
