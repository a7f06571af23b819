package org.tonyreactor.it.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Peers that ask all the time, each in a thread and a connection of its own; it connects again when that has ended. */
final class ActivePeers implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 30;

    private final int port;
    private final String signature;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Semaphore answered = new Semaphore(0);
    private final Semaphore ended = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Starts the peers; every answer must be the signature and the line that was sent. */
    ActivePeers(int count, int port, String signature) {
        this.port = port;
        this.signature = signature;
        for (int i = 0; i < count; i++) {
            String name = "peer-" + i;
            Thread thread = new Thread(() -> ask(name), name);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Waits until every peer may have had several more answers. */
    void awaitAnswers() throws InterruptedException {
        answered.drainPermits();
        assertTrue("no answers", answered.tryAcquire(10 * threads.size(), TIMEOUT_SECONDS, TimeUnit.SECONDS));
    }

    /** How many connections have ended, or could not be made. */
    int endings() {
        return ended.availablePermits();
    }

    /** Waits until as many connections have ended, or could not be made, as there are peers. */
    void awaitEndings() throws InterruptedException {
        assertTrue("connections stay", ended.tryAcquire(threads.size(), TIMEOUT_SECONDS, TimeUnit.SECONDS));
    }

    /** Stops the peers; every answer so far was right. */
    @Override
    public void close() {
        closing.countDown();
        for (Thread thread : threads) {
            awaitEnd(thread);
        }
        assertEquals(List.of(), List.copyOf(wrong));
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertFalse(thread + " does not end", thread.isAlive());
    }

    private void ask(String name) {
        int asked = 0;
        while (isActive()) {
            try (LineClient client = new LineClient(port)) {
                while (closing.getCount() > 0) {
                    String line = name + " " + asked++;
                    String answer = client.ask(line);
                    if (!answer.equals(signature + line)) {
                        wrong.add("'" + answer + "' to '" + line + "'");
                    }
                    answered.release();
                }
            } catch (IOException e) {
                ended.release();
            } catch (IllegalStateException e) {
                wrong.add(e.getMessage());
            }
        }
    }

    /** False when the end has come; a moment's wait, so that a closed port is not run against without a break. */
    private boolean isActive() {
        try {
            return !closing.await(1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
