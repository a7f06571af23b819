package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicInteger wakeups = new AtomicInteger();
    private final Runnable mail = read::incrementAndGet;
    private final Mailbox mailbox = new Mailbox(wakeups::incrementAndGet);

    @Test
    void wakesNobodyWhoIsAwake() {
        mailbox.post(mail);
        mailbox.post(mail);

        assertEquals(0, wakeups.get());
    }

    @Test
    void wakesASleeperOnce() {
        assertTrue(mailbox.fallAsleep());

        mailbox.post(mail);
        mailbox.post(mail);
        mailbox.wake();

        assertEquals(1, wakeups.get());
        assertTrue(mailbox.awake());
    }

    @Test
    void wakesNobodyForAnOfferedMailUntilItIsTold() {
        assertTrue(mailbox.fallAsleep());

        mailbox.offer(mail);
        assertEquals(0, wakeups.get());

        mailbox.wake();
        assertEquals(1, wakeups.get());
    }

    @Test
    void keepsTheReaderFromSleepingOnMail() {
        mailbox.offer(mail);

        assertFalse(mailbox.fallAsleep());

        mailbox.post(mail);
        assertEquals(0, wakeups.get(), "a reader that did not sleep was woken");
    }

    @Test
    void saysWhetherAWriterEndedTheSleep() {
        assertTrue(mailbox.fallAsleep());
        assertFalse(mailbox.awake());

        assertTrue(mailbox.fallAsleep());
        mailbox.wake();
        assertTrue(mailbox.awake());
    }

    @Test
    void handsMailOutInOrder() {
        Runnable second = wakeups::incrementAndGet;
        mailbox.post(mail);
        mailbox.post(second);

        assertSame(mail, mailbox.poll());
        assertSame(second, mailbox.poll());
        assertNull(mailbox.poll());
        assertTrue(mailbox.isEmpty());
    }

    @Test
    void refusesMailAtItsBound() {
        for (int i = 0; i < Mailbox.CAPACITY; i++) {
            assertTrue(mailbox.offer(mail));
        }

        assertFalse(mailbox.offer(mail));

        for (Runnable taken = mailbox.poll(); taken != null; taken = mailbox.poll()) {
            taken.run();
        }
        assertEquals(Mailbox.CAPACITY, read.get());
        assertTrue(mailbox.offer(mail));
    }
}
