package org.tonyreactor.internal.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures of a few kinds on several threads while they are summed up on another: each is told or counted, once. */
class KindsStressTest {
    private static final int THREADS = 3;
    private static final int FAILURES = 50_000;
    private static final int KINDS = 3;

    private final RecordingLogger logger = new RecordingLogger();
    private final Log log = logger.log();
    private final Kinds kinds = new Kinds();
    private final AtomicLong told = new AtomicLong();

    @Test
    @Timeout(60)
    void tellsOrCountsEachFailureOnce() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(this::fail));
        }
        threads.forEach(Thread::start);
        while (threads.stream().anyMatch(Thread::isAlive)) { // Ends: what they do is bounded.
            kinds.sumUp();
        }
        kinds.sumUp();

        long counted = logger.texts.stream()
                .mapToLong(text -> Long.parseLong(text.replaceFirst(".*, (\\d+) more within a second", "$1")))
                .sum();
        assertEquals(THREADS * FAILURES, told.get() + counted);
    }

    private void fail() {
        for (int i = 0; i < FAILURES; i++) {
            if (kinds.isFirst(log, Level.WARN, "fails", "kind " + i % KINDS)) {
                told.incrementAndGet();
            }
        }
    }
}
