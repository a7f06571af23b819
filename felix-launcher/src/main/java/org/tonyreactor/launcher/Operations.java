package org.tonyreactor.launcher;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Begins the operations of {@link Deployer}, one for each bundle at a time, and tells of those that do not come back. There
 * are as many threads as bundles that hang, and one more. All methods but {@link #close} belong to the thread of the
 * deployer.
 */
final class Operations {
    /** After that it is told that an operation has not come back. */
    static final long HANGING_MILLIS = 5_000;

    private final long patienceMillis;
    private final LongSupplier nanos;
    private final DeployLog log;
    private final Set<Operation> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * With these waits.
     *
     * @param patienceMillis how long the others wait for one operation
     * @param nanos the time, as that of {@link System#nanoTime}
     */
    Operations(long patienceMillis, LongSupplier nanos, DeployLog log) {
        this.patienceMillis = patienceMillis;
        this.nanos = nanos;
        this.log = log;
    }

    /** Begins one for a bundle that has none, and waits for it a little. */
    void run(DeployedBundle bundle, String words, Operation.Body body, Consumer<@Nullable Throwable> outcome)
            throws InterruptedException {
        Operation operation = begin(words, body, outcome);
        bundle.begin(operation);
        if (operation.await(patienceMillis)) {
            settle(bundle);
        }
    }

    /** Begins one for no bundle, and waits for it a little. */
    void run(String words, Operation.Body body) throws InterruptedException {
        Operation operation = begin(words, body, failure -> {});
        if (!operation.await(patienceMillis)) {
            log.warn(words + " takes its time: some bundles may be in their old state for a while", operation.stack());
        }
    }

    /** Takes the outcome of a bundle's operation, if it has come back. */
    void settle(DeployedBundle bundle) {
        Operation operation = bundle.operation();
        if (operation != null && operation.isDone()) {
            bundle.end();
            running.remove(operation);
            if (bundle.isHanging()) {
                bundle.setHanging("");
                log.info(operation.words() + " has come back after " + seconds(operation));
            }
            if (!closed) {
                operation.settle();
            }
        }
    }

    /** Tells once that a bundle's operation does not come back; the bundle knows for how long at each look. */
    void watch(DeployedBundle bundle) {
        Operation operation = bundle.operation();
        if (operation == null
                || operation.elapsedMillis(nanos.getAsLong()) < HANGING_MILLIS
                || operation.isDraining()) {
            return;
        }
        boolean isTold = bundle.isHanging();
        String line = operation.words() + " has not come back for " + seconds(operation)
                + ": all else is deployed meanwhile; put a corrected version over the file, or "
                + "start the server again";
        bundle.setHanging(line);
        if (!isTold) {
            log.warn(line, operation.stack());
        }
    }

    /** Asks a start that hangs to end, since it is not wanted any more. */
    void interruptHanging(DeployedBundle bundle) {
        Operation operation = bundle.operation();
        if (operation != null && bundle.isHanging() && operation.interrupt()) {
            log.info(operation.words() + " was interrupted: its file has changed or gone");
        }
    }

    /** Nothing is told any more, and what sleeps or waits is asked to end. Any thread. */
    void close() {
        closed = true;
        running.forEach(Operation::interrupt);
    }

    /** An operation that is still running. Any thread. */
    Optional<HangingStop.Place> hanging() {
        return running.stream()
                .filter(operation -> !operation.isDone())
                .findFirst()
                .map(operation -> new HangingStop.Place(operation.words(), operation.stack()));
    }

    private Operation begin(String words, Operation.Body body, Consumer<@Nullable Throwable> outcome) {
        running.removeIf(Operation::isDone);
        Operation operation = Operation.begin(words, nanos.getAsLong(), body, outcome);
        running.add(operation);
        return operation;
    }

    private String seconds(Operation operation) {
        return TimeUnit.MILLISECONDS.toSeconds(operation.elapsedMillis(nanos.getAsLong())) + " s";
    }
}
