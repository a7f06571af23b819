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
    private record Driver(Thread thread, Clock clock, Runnable turn) {}

    private final BooleanSupplier mustNotWait;
    private @Nullable Driver driver;
    /** Done once the loops have ended, so that no caller waits for a mail that is not read any more. */
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    BoundedWait(BooleanSupplier mustNotWait) {
        this.mustNotWait = mustNotWait;
    }

    /** The calling thread steps the engine: when it waits, it takes turns until time is out, which is the clock's. */
    void driveBy(Clock clock, Runnable turn) {
        driver = new Driver(Thread.currentThread(), clock, turn);
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
        return await(
                outcome,
                saturatedAdd(drainMillis, OPERATION_TIMEOUT_MILLIS),
                (why, cause) -> LOG.error("{} {}", what, why, cause));
    }

    private boolean await(
            CompletableFuture<?> outcome, long timeoutMillis, BiConsumer<String, @Nullable Throwable> log) {
        if (outcome.isDone()) {
            return true;
        }
        if (mustNotWait.getAsBoolean()) {
            return false;
        }
        String late = "is not done after " + timeoutMillis + " ms";
        if (driver != null && driver.thread == Thread.currentThread()) {
            return drive(driver, outcome, timeoutMillis, () -> log.accept(late, null));
        }
        try {
            CompletableFuture.anyOf(outcome, ended).get(timeoutMillis, TimeUnit.MILLISECONDS);
            return true;
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
        long beganNanos = by.clock.nanoTime();
        long timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (!outcome.isDone() && !ended.isDone()) { // Ends: time passes when there is nothing to do.
            if (by.clock.nanoTime() - beganNanos > timeoutNanos) {
                late.run();
                return false;
            }
            by.turn.run();
        }
        return !outcome.isCompletedExceptionally();
    }

    /** Stops a loop and waits for its thread to end, unless that is the caller. */
    void stop(EventLoop loop) {
        Thread thread = loop.thread();
        loop.stop();
        if (thread == null || thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(OPERATION_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.error("{} has not ended; it is held up:{}", loop.name(), Watchdog.stackOf(loop));
        }
    }

    /** The loops have ended: the waiting callers continue. */
    void end() {
        ended.complete(null);
    }

    private static long saturatedAdd(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
