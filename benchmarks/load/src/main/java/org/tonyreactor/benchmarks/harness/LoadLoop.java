package org.tonyreactor.benchmarks.harness;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Many connections on one thread: a selector, one buffer for reading, what other threads ask for, and what is due at a time.
 * It turns on a thread of its own once it is started, or whenever its owner calls {@link #turn}; all but {@link #post} and
 * {@link #close} is for the thread that turns it.
 */
public final class LoadLoop implements Closeable {
    /** What is attached to a selection key. */
    public interface Peer {
        /** The channel is ready. */
        void ready(SelectionKey key);
    }

    private record Due(long nanos, long number, Runnable task) {}

    private static final int INPUT_BYTES = 262_144;
    private static final int OUTPUT_BYTES = 8_192;
    private static final long LONGEST_WAIT_MILLIS = 100;
    private static final long END_MILLIS = 5_000;

    /** For one read, and one write, each. */
    public final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);

    public final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT_BYTES);

    private final Selector selector;
    private final LongSupplier clock;
    private final Queue<Runnable> mail = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::number));
    private @Nullable Thread thread;
    private long scheduled;
    private volatile boolean stopping;

    /** The clock tells nanoseconds since a beginning of its own. */
    public LoadLoop(LongSupplier clock) throws IOException {
        this.clock = clock;
        selector = Selector.open();
    }

    /** From now on it turns on a thread of its own; what ends that thread too early is told. */
    public LoadLoop start(String name, Consumer<Throwable> died) {
        thread = new Thread(() -> run(died), name);
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    public Selector selector() {
        return selector;
    }

    public long nowNanos() {
        return clock.getAsLong();
    }

    /** Has something done on the loop's thread. Any thread. */
    public void post(Runnable task) {
        mail.add(task);
        selector.wakeup();
    }

    /** Has something done when its time has come; what is due at the same time is done in the order of the calls. */
    public void at(long nanos, Runnable task) {
        due.add(new Due(nanos, scheduled++, task));
    }

    /** Does what was asked for and what is due, and waits so long at most until a channel is ready. */
    public void turn(long mostMillis) throws IOException {
        for (Runnable task = mail.poll(); task != null; task = mail.poll()) {
            task.run();
        }
        long waitMillis = due.isEmpty() ? mostMillis : Math.min(mostMillis, performDue());
        if (waitMillis <= 0) {
            selector.selectNow(LoadLoop::ready);
        } else {
            selector.select(LoadLoop::ready, waitMillis);
        }
    }

    /** Does what is due; the time to what is due next. */
    private long performDue() {
        long now = nowNanos();
        for (Due next = due.peek(); next != null; next = due.peek()) {
            if (next.nanos > now) {
                // Rounded up: a loop that runs up to it without sleeping would take the server's processor.
                return TimeUnit.NANOSECONDS.toMillis(next.nanos - now) + 1;
            }
            due.remove();
            next.task.run();
        }
        return LONGEST_WAIT_MILLIS;
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        selector.wakeup();
        try {
            if (thread != null) {
                thread.join(END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }

    private void run(Consumer<Throwable> died) {
        try {
            while (!stopping) {
                turn(LONGEST_WAIT_MILLIS);
            }
        } catch (IOException | RuntimeException | Error e) {
            died.accept(e);
        }
    }

    private static void ready(SelectionKey key) {
        ((Peer) key.attachment()).ready(key);
    }
}
