package org.tonyreactor.launcher;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that calls code of a bundle and may not come back. It runs on a thread of its own; whoever has begun it waits
 * as long as it likes. All methods but the body are for any thread.
 */
final class Operation {
    /** What is done. It may take for ever, and may throw. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    private static final String THREAD = "tonyreactor-deploy: ";
    /** The engine waits for connections that drain, which has its own bound. */
    private static final String DRAINING = "org.tonyreactor.internal.engine.BoundedWait";

    private final String words;
    private final long beginNanos;
    private final Consumer<@Nullable Throwable> outcome;
    private final Thread thread;
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private volatile @Nullable Throwable failure;

    private Operation(String words, long beginNanos, Body body, Consumer<@Nullable Throwable> outcome) {
        this.words = words;
        this.beginNanos = beginNanos;
        this.outcome = outcome;
        thread = new Thread(() -> run(body), THREAD + words);
        thread.setDaemon(true);
    }

    /**
     * Runs {@code body} from now on.
     *
     * @param words what it does, such as {@code the start of echo 1.0.0}
     * @param outcome takes what it has thrown, or null, from {@link #settle}
     */
    static Operation begin(String words, long nowNanos, Body body, Consumer<@Nullable Throwable> outcome) {
        Operation operation = new Operation(words, nowNanos, body, outcome);
        operation.thread.start();
        return operation;
    }

    /** Whether the calling thread runs one. */
    static boolean isCurrent() {
        return Thread.currentThread().getName().startsWith(THREAD);
    }

    String words() {
        return words;
    }

    long elapsedMillis(long nowNanos) {
        return TimeUnit.NANOSECONDS.toMillis(nowNanos - beginNanos);
    }

    /** Whether it is done, at the latest after {@code millis}. */
    boolean await(long millis) throws InterruptedException {
        return done.await(millis, TimeUnit.MILLISECONDS);
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    /** Hands its outcome over, once it is done; on the thread that calls. */
    void settle() {
        outcome.accept(failure);
    }

    boolean isDraining() {
        return stack().stream().anyMatch(frame -> frame.getClassName().equals(DRAINING));
    }

    /** Asks it to end, once: what sleeps or waits then does. Returns false where it was asked before. */
    boolean interrupt() {
        boolean first = interrupted.compareAndSet(false, true);
        if (first) {
            thread.interrupt();
        }
        return first;
    }

    /** Where it is. */
    List<StackTraceElement> stack() {
        return List.of(thread.getStackTrace());
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever the code of a bundle throws is its outcome.
    private void run(Body body) {
        try {
            body.run();
        } catch (Exception | Error e) {
            failure = e;
        } finally {
            done.countDown();
        }
    }
}
