package org.tonyreactor.benchmarks.update;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What all peers share: where the server is, which versions may answer, and what they have seen. Any thread. */
final class Load {
    private static final int EXAMPLES_KEPT = 10;

    final InetSocketAddress server;

    final LongAdder connected = new LongAdder();
    final LongAdder replies = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder reset = new LongAdder();

    /** Ended by the server though nobody asked it to. */
    final LongAdder ended = new LongAdder();

    /** Bytes that were not those expected next. */
    final LongAdder wrong = new LongAdder();

    final LongAdder unanswered = new LongAdder();
    final LongAdder slowConnects = new LongAdder();
    private final Queue<String> examples = new ConcurrentLinkedQueue<>();

    private volatile int newest = 1;
    private volatile int settled = 1;

    Load(InetSocketAddress server) {
        this.server = server;
    }

    /** An update to this version begins: from now on it may answer. */
    void begin(int version) {
        newest = version;
    }

    /** The update has returned: it must answer the requests that are sent from now on. */
    void settle() {
        settled = newest;
    }

    int newest() {
        return newest;
    }

    int settled() {
        return settled;
    }

    void broken(String peer, IOException e) {
        LongAdder kind = e instanceof WrongBytes
                ? wrong
                : e instanceof ConnectException ? refused : e instanceof EOFException ? ended : reset;
        note(kind, peer + ": " + e);
    }

    /** The driver itself has failed: a run that it spoils has shown nothing. */
    void ownFault(Throwable e) {
        note(wrong, "the driver's own fault: " + e);
        e.printStackTrace();
    }

    void note(LongAdder kind, String example) {
        kind.increment();
        if (examples.size() < EXAMPLES_KEPT) {
            examples.add(example);
        }
    }

    /** The first few of what went wrong, in words. */
    List<String> examples() {
        return List.copyOf(examples);
    }

    /** The server has sent something else than what was expected. */
    static final class WrongBytes extends IOException {
        private static final long serialVersionUID = 1;

        WrongBytes(String message) {
            super(message);
        }
    }

    /** So many must come; when the last one comes the time is taken. */
    static final class Countdown {
        private final CountDownLatch latch;
        private volatile long lastNanos;

        Countdown(int count) {
            latch = new CountDownLatch(count);
        }

        void come() {
            // Every time, for the one that turns out to be the last must have taken it before the latch opens.
            lastNanos = System.nanoTime();
            latch.countDown();
        }

        /** Waits for the last one, for a bounded time; how many have not come. */
        int await(long boundSeconds) throws InterruptedException {
            return latch.await(boundSeconds, TimeUnit.SECONDS) ? 0 : (int) latch.getCount();
        }

        /** The time when the last one so far has come. */
        long lastNanos() {
            return lastNanos;
        }
    }

    /** One update, or one turn of the baseline: which of the live connections have answered from the version wanted. */
    record Round(int version, Countdown answers) {}
}
