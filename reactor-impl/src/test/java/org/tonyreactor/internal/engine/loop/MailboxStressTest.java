package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sleep handshake on real threads: a wake-up that is lost would leave the reader asleep, and the test too. */
class MailboxStressTest {
    private static final int WRITERS = 4;
    private static final int MAILS = 100_000;
    private static final long WAIT_SECONDS = 20;

    private final Semaphore wakeups = new Semaphore(0);
    private final Mailbox mailbox = new Mailbox(wakeups::release);
    private final int[] next = new int[WRITERS];
    private int read;

    @Test
    @Timeout(60)
    void losesNoMailAndNoWakeUpOfManyWriters() throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(new Thread(() -> write(writer)));
        }
        assertTrue(mailbox.fallAsleep()); // Before there is mail, so that it sleeps once at least, however slow it is.
        writers.forEach(Thread::start);
        sleep();

        while (read < WRITERS * MAILS) {
            Runnable mail = mailbox.poll();
            if (mail != null) {
                mail.run();
            } else if (mailbox.fallAsleep()) {
                sleep();
            }
        }
        for (Thread writer : writers) {
            writer.join();
        }

        for (int count : next) {
            assertEquals(MAILS, count);
        }
    }

    private void write(int writer) {
        for (int i = 0; i < MAILS; i++) {
            int number = i;
            Runnable mail = () -> onMail(writer, number);
            if (i % 3 == 0) {
                while (!mailbox.offer(mail)) {
                    Thread.onSpinWait();
                }
                mailbox.wake();
            } else {
                while (!mailbox.post(mail)) {
                    Thread.onSpinWait();
                }
            }
            if (i % 64 == 0) {
                letTheReaderComeToSleep();
            }
        }
    }

    private void letTheReaderComeToSleep() {
        for (int spins = 0; spins < 1_000 && !mailbox.isEmpty(); spins++) {
            Thread.onSpinWait();
        }
    }

    private void onMail(int writer, int number) {
        assertEquals(next[writer]++, number, "order of writer " + writer);
        read++;
    }

    private void sleep() throws InterruptedException {
        assertTrue(
                wakeups.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS),
                "asleep with " + read + " of " + WRITERS * MAILS + " mails read");
        mailbox.awake(); // It may have been woken for mail that it found itself; then it just looks again.
    }
}
