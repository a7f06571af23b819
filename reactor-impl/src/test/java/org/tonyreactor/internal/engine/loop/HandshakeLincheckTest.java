package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** What is decided between threads, under every interleaving that a model checker finds. */
class HandshakeLincheckTest {
    private static final int INTERLEAVINGS = 40;

    @Test
    void neverSleepsOnMail() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            AtomicInteger wakeups = new AtomicInteger();
            Mailbox mailbox = new Mailbox(wakeups::incrementAndGet);
            AtomicInteger mails = new AtomicInteger();
            Thread first = started(() -> mailbox.post(mails::incrementAndGet));
            Thread second = started(() -> {
                mailbox.offer(mails::incrementAndGet);
                mailbox.wake();
            });

            boolean sleeps = mailbox.poll() == null && mailbox.fallAsleep();
            join(first);
            join(second);

            assertTrue(!sleeps || wakeups.get() == 1, "asleep with mail, and woken " + wakeups.get() + " times");
        });
    }

    @Test
    void decidesATimerOnceBetweenFiringAndCancelling() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            EventLoop loop = ownedLoop();
            AtomicInteger decided = new AtomicInteger();
            Timer timer = loop.schedule(0, decided::incrementAndGet);
            loop.timers().place(0);
            Runnable cancel = () -> {
                if (timer.cancel()) {
                    decided.incrementAndGet();
                }
            };
            Thread first = started(cancel);
            Thread second = started(cancel);

            loop.timers().expire(0, 10);
            join(first);
            join(second);

            assertEquals(1, decided.get());
            assertTrue(timer.isDone());
        });
    }

    @Test
    void leavesNoTimerLinkedThatIsCancelledWhileItJoins() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            EventLoop loop = ownedLoop();
            Inbox inbox = new Inbox(loop);
            TimerGroup group = new TimerGroup(Runnable::run, inbox, loop.timers());
            Timer timer = loop.newTimer(1_000, () -> {});
            AtomicBoolean cancelled = new AtomicBoolean();
            Thread canceller = started(() -> cancelled.set(timer.cancel()));

            timer.join(group);
            join(canceller);
            inbox.run();

            assertTrue(cancelled.get());
            assertEquals(0, loop.timers().size());
            assertEquals(TimerWheel.UNLINKED, timer.slot);
        });
    }

    @Test
    void cancelsATimerOnceWhenItsConnectionEndsMeanwhile() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            EventLoop loop = ownedLoop();
            Inbox inbox = new Inbox(loop);
            TimerGroup group = new TimerGroup(Runnable::run, inbox, loop.timers());
            List<Timer> timers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Timer timer = loop.newTimer(1_000, () -> {});
                timer.join(group);
                timers.add(timer);
            }
            Thread canceller = started(() -> timers.get(0).cancel());

            group.cancelAll();
            inbox.seal();
            join(canceller);

            assertEquals(0, loop.timers().size());
            assertTrue(timers.get(0).isDone() && timers.get(1).isDone());
        });
    }

    @Test
    void runsEveryCallOfAnInboxOnceAndThoseOfOneThreadInOrder() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            EventLoop loop = ownedLoop();
            Inbox inbox = new Inbox(loop);
            List<Integer> ran = new ArrayList<>();
            Thread first = started(() -> {
                inbox.force(() -> ran.add(1));
                inbox.force(() -> ran.add(2));
            });
            Thread second = started(() -> inbox.force(() -> ran.add(3)));

            loop.runOnce(0);
            join(first);
            join(second);
            loop.runOnce(0);
            loop.runOnce(0);

            assertEquals(3, ran.size());
            assertTrue(ran.contains(3) && ran.indexOf(1) < ran.indexOf(2), "ran " + ran);
        });
    }

    @Test
    void takesNoMoreCallsThanItsCapacityAndNoneOnceItIsSealed() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Inbox inbox = new Inbox(ownedLoop());
            AtomicInteger taken = new AtomicInteger();
            AtomicInteger ran = new AtomicInteger();
            Runnable push = () -> {
                if (inbox.push(ran::incrementAndGet, 1, 1, 1)) {
                    taken.incrementAndGet();
                }
            };
            Thread first = started(push);
            Thread second = started(push);

            inbox.seal();
            join(first);
            join(second);
            inbox.run();

            assertTrue(taken.get() <= 1, taken.get() + " calls at a capacity of 1");
            assertEquals(0, ran.get());
            assertTrue(inbox.nothingWaits());
        });
    }

    private static EventLoop ownedLoop() {
        EventLoop loop = new EventLoop("test", () -> 0, new RecordingMultiplexer());
        loop.runOnce(0);
        return loop;
    }

    private static Thread started(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
