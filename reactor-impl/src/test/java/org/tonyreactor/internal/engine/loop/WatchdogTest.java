package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.wire.nio.NioPair;

class WatchdogTest {
    private static final long WARN_MILLIS = 2_000;
    private static final long HELD_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(Watchdog.HELD_UP_MILLIS);

    private final ManualClock clock = new ManualClock(5_000_000_000L);
    private final EventLoop acceptorLoop = new EventLoop("acceptor", clock, new RecordingMultiplexer());
    private final EventLoop watched;
    private CountDownLatch release = new CountDownLatch(0);

    WatchdogTest() throws IOException {
        watched = new EventLoop("watched", clock, NioPair.multiplexer());
        watched.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        watched.stop();
    }

    @Test
    void reportsATurnThatTakesTooLongOnce() throws InterruptedException {
        Watchdog watchdog = new Watchdog(acceptorLoop, List.of(watched), WARN_MILLIS);
        block();

        pass(WARN_MILLIS - 1);
        assertEquals(0, watchdog.reports());
        pass(1_001);
        assertEquals(1, watchdog.reports());
        pass(10_000);
        pass(10_000);
        assertEquals(1, watchdog.reports());
    }

    @Test
    void reportsTheNextTurnThatTakesTooLong() throws InterruptedException {
        Watchdog watchdog = new Watchdog(acceptorLoop, List.of(watched), WARN_MILLIS);
        block();
        pass(3_000);
        release.countDown();
        endTurn();

        block();
        pass(3_000);

        assertEquals(2, watchdog.reports());
    }

    @Test
    void reportsNobodyWhoWaits() throws InterruptedException {
        Watchdog watchdog = new Watchdog(acceptorLoop, List.of(watched), WARN_MILLIS);
        Thread waiting = watched.thread();
        endTurn();

        pass(60_000);
        pass(60_000);

        assertEquals(0, watchdog.reports());
        assertTrue(waiting != null && waiting.isAlive());
    }

    @Test
    void reportsNothingWhileItIsOffAndLooksAgainOnceItIsOn() throws InterruptedException {
        Watchdog watchdog = new Watchdog(acceptorLoop, List.of(watched), 0);
        block();
        pass(60_000);
        assertEquals(0, watchdog.reports());

        watchdog.setWarnMillis(WARN_MILLIS);
        pass(1_000);

        assertEquals(1, watchdog.reports());
    }

    @Test
    void knowsALoopThatIsHeldUpWithoutBeingAskedToReportIt() throws InterruptedException {
        block();
        long beganNanos = watched.presentTurn().sinceNanos();

        assertFalse(Watchdog.isHeldUp(watched, beganNanos + HELD_UP_NANOS - 1));
        assertTrue(Watchdog.isHeldUp(watched, beganNanos + HELD_UP_NANOS));

        release.countDown();
        endTurn();
        assertFalse(Watchdog.isHeldUp(watched, beganNanos + HELD_UP_NANOS));
    }

    @Test
    void showsTheStackThatHoldsTheLoopUp() throws InterruptedException {
        block();

        assertTrue(Watchdog.stackOf(watched).toString().contains("blockHere"), Watchdog.stackOf(watched)::toString);
    }

    @Test
    void showsNoStackOfALoopWithoutAThread() {
        assertEquals("", Watchdog.stackOf(acceptorLoop).toString());
    }

    /** Lets the watched loop enter a callback that does not return before its release. */
    private void block() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch until = new CountDownLatch(1);
        release = until;
        watched.post(() -> blockHere(entered, until));
        assertTrue(entered.await(20, TimeUnit.SECONDS));
    }

    private static void blockHere(CountDownLatch entered, CountDownLatch until) {
        entered.countDown();
        boolean released = false;
        try {
            released = until.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertTrue(released);
    }

    /** Lets the watched loop read its mail and go to sleep: what is posted from here on comes in another turn. */
    private void endTurn() throws InterruptedException {
        CountDownLatch read = new CountDownLatch(1);
        watched.post(read::countDown);
        assertTrue(read.await(20, TimeUnit.SECONDS));
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (watched.presentTurn().sinceNanos() != 0 && System.nanoTime() < deadlineNanos) {
            Thread.onSpinWait();
        }
        assertEquals(0, watched.presentTurn().sinceNanos());
    }

    private void pass(long millis) {
        acceptorLoop.runOnce(clock.advanceMillis(millis));
    }
}
