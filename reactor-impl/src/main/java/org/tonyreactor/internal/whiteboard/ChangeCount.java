package org.tonyreactor.internal.whiteboard;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Counts the changes of the endpoints and announces the count. Changes that come during an announcement are announced
 * together. One thread at a time announces, so the announced count never goes back. Any thread.
 */
final class ChangeCount {
    private final AtomicLong count = new AtomicLong();
    private final AtomicBoolean announcing = new AtomicBoolean();
    private volatile LongConsumer announcement = told -> {};

    long get() {
        return count.get();
    }

    /** Sets the listener that is told; it runs off the loops of the engine. */
    void announceTo(LongConsumer listener) {
        announcement = listener;
    }

    /** Something has changed. */
    void increment() {
        count.incrementAndGet();
        if (announcing.compareAndSet(false, true)) {
            BundleCalls.run(this::announce);
        }
    }

    private void announce() {
        long told;
        do {
            told = count.get();
            try {
                announcement.accept(told);
            } finally {
                announcing.set(false);
            }
        } while (told != count.get() && announcing.compareAndSet(false, true));
    }
}
