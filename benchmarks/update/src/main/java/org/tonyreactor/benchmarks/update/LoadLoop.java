package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A thread with a selector that runs peers. Everything but {@link #post} and {@link #close} is for its own thread. */
final class LoadLoop implements AutoCloseable {
    /** What is attached to a selection key. */
    interface Peer {
        /** The channel is ready. */
        void ready(SelectionKey key);
    }

    /** Something to be done at a time of its own. */
    interface Duty {
        /** Does what is due. Returns when there is more, as a time in nanoseconds, {@link #NOTHING_DUE_NANOS} from now at the latest. */
        long perform(long nowNanos);
    }

    static final long NOTHING_DUE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int INPUT_BYTES = 1 << 16;
    private static final int OUTPUT_BYTES = 1 << 13;
    private static final long END_MILLIS = 5_000;

    /** For one read, and one write, each. */
    final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);

    final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT_BYTES);

    private final Selector selector;
    private final Queue<Runnable> mail = new ConcurrentLinkedQueue<>();
    private final List<Duty> duties = new ArrayList<>();
    private final Tally tally;
    private final Thread thread;
    private volatile boolean stopping;

    LoadLoop(String name, Tally tally) throws IOException {
        this.tally = tally;
        selector = Selector.open();
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    Selector selector() {
        return selector;
    }

    void perform(Duty duty) {
        duties.add(duty);
    }

    /** Runs something on the loop's thread. Any thread. */
    void post(Runnable task) {
        mail.add(task);
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        selector.wakeup();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }

    private void run() {
        try {
            while (!stopping) {
                turn();
            }
        } catch (IOException | RuntimeException | Error e) {
            tally.note(tally.wrong, "the driver's own fault, its thread " + thread.getName() + " has died: " + e);
            e.printStackTrace();
        }
    }

    private void turn() throws IOException {
        for (Runnable task = mail.poll(); task != null; task = mail.poll()) {
            task.run();
        }
        long nowNanos = System.nanoTime();
        long waitNanos = NOTHING_DUE_NANOS;
        for (Duty duty : duties) {
            waitNanos = Math.min(waitNanos, duty.perform(nowNanos) - nowNanos);
        }
        if (waitNanos <= 0) {
            selector.selectNow(LoadLoop::ready);
        } else {
            // Rounded up: a loop that runs up to its next duty without sleeping would take the server's processor.
            selector.select(LoadLoop::ready, waitNanos / 1_000_000 + 1);
        }
    }

    private static void ready(SelectionKey key) {
        ((Peer) key.attachment()).ready(key);
    }
}
