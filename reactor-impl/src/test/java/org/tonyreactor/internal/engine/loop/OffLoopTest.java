package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OffLoopTest {
    private final OffLoop offLoop = OffLoop.threaded();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Set<String> threads = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() {
        release.countDown();
        offLoop.close();
    }

    @Test
    void refusesWhatDoesNotFit() throws Exception {
        CountDownLatch done = new CountDownLatch(OffLoop.MAX_THREADS + OffLoop.CAPACITY);
        for (int i = 0; i < OffLoop.MAX_THREADS + OffLoop.CAPACITY; i++) {
            assertTrue(offLoop.run(() -> block(done)));
        }

        assertFalse(offLoop.run(() -> {}));
        release.countDown();

        assertTrue(done.await(20, TimeUnit.SECONDS));
        assertEquals(OffLoop.MAX_THREADS, threads.size());
        assertTrue(threads.contains("reactor-offloop-1"), threads::toString);
    }

    @Test
    void outlivesATaskThatThrows() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        offLoop.run(() -> {
            throw new IllegalStateException("on purpose");
        });
        offLoop.run(done::countDown);

        assertTrue(done.await(20, TimeUnit.SECONDS));
    }

    @Test
    void refusesEverythingOnceItIsClosed() {
        offLoop.close();

        assertFalse(offLoop.run(() -> {}));
    }

    @Test
    void runsInlineWithoutThreads() {
        String[] thread = new String[1];

        OffLoop.inline().run(() -> thread[0] = Thread.currentThread().getName());

        assertEquals(Thread.currentThread().getName(), thread[0]);
    }

    private void block(CountDownLatch done) {
        threads.add(Thread.currentThread().getName());
        try {
            assertTrue(release.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        done.countDown();
    }
}
