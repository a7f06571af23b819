package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.nio.NioPair;

class EventLoopTest {
    private static final int BEFORE_REBUILD = EventLoop.EMPTY_POLLS_BEFORE_REBUILD;
    private static final long WAIT_SECONDS = 20;

    private final ManualClock clock = new ManualClock();
    private final AtomicReference<EventLoop> loop = new AtomicReference<>();

    @Test
    void rebuildsItsSelectorAfterManyEmptyPolls() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer(stopAtPoll(BEFORE_REBUILD + 1, n -> 0));

        runToTheEnd(multiplexer);

        assertEquals(1, multiplexer.rebuilds.get());
        assertEquals(1, owned().rebuilds().get());
    }

    @Test
    void doesNotRebuildBeforeThat() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer(stopAtPoll(BEFORE_REBUILD, n -> 0));

        runToTheEnd(multiplexer);

        assertEquals(0, multiplexer.rebuilds.get());
    }

    @Test
    void countsEmptyPollsAnewAfterOneThatFindsSomething() throws Exception {
        RecordingMultiplexer multiplexer =
                new RecordingMultiplexer(stopAtPoll(2 * BEFORE_REBUILD, n -> n == BEFORE_REBUILD ? 1 : 0));

        runToTheEnd(multiplexer);

        assertEquals(0, multiplexer.rebuilds.get());
    }

    @Test
    void countsNoWakeUpAsAnEmptyPoll() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer(stopAtPoll(3 * BEFORE_REBUILD, n -> {
            owned().wake();
            return 0;
        }));

        runToTheEnd(multiplexer);

        assertEquals(0, multiplexer.rebuilds.get());
        assertTrue(multiplexer.wakeups.get() >= 3 * BEFORE_REBUILD - 1);
    }

    @Test
    void countsNoTimeoutAsAnEmptyPoll() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            assertTrue(timeoutMillis > 0);
            clock.advanceMillis(timeoutMillis);
            stopAt(number, 3 * BEFORE_REBUILD);
            return 0;
        });
        newLoop(multiplexer);
        Runnable[] again = new Runnable[1];
        again[0] = () -> owned().schedule(10_000_000, again[0]);
        owned().schedule(10_000_000, again[0]);

        startAndJoin();

        assertEquals(0, multiplexer.rebuilds.get());
        assertEquals(3 * BEFORE_REBUILD, multiplexer.polls.get());
    }

    @Test
    void countsAReturnBeforeItsTimeAsAnEmptyPoll() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer(stopAtPoll(BEFORE_REBUILD + 1, n -> 0));
        newLoop(multiplexer);
        owned().schedule(60_000_000_000L, () -> {});

        startAndJoin();

        assertEquals(1, multiplexer.rebuilds.get());
    }

    @Test
    void countsNoInterruptAsAnEmptyPoll() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer(stopAtPoll(3 * BEFORE_REBUILD, n -> {
            Thread.currentThread().interrupt();
            return 0;
        }));

        runToTheEnd(multiplexer);

        assertEquals(0, multiplexer.rebuilds.get());
    }

    @Test
    void forgetsAnInterruptSoThatTheNextPollCanWait() throws Exception {
        List<Boolean> interrupted = new ArrayList<>();
        RecordingMultiplexer multiplexer = new RecordingMultiplexer(stopAtPoll(3, n -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            if (n == 1) {
                Thread.currentThread().interrupt();
            }
            return 0;
        }));

        runToTheEnd(multiplexer);

        assertEquals(List.of(false, false, false), interrupted);
    }

    @Test
    void doesNotSpinOnARealSelectorWhenItsThreadIsInterrupted() throws Exception {
        CountingMultiplexer multiplexer = new CountingMultiplexer(NioPair.multiplexer());
        EventLoop real = new EventLoop("test-loop", Clock.SYSTEM, multiplexer);
        real.start();
        Thread thread = assertNotNullThread(real);
        roundTrip(real);
        int before = multiplexer.polls.get();

        int rounds = 200;
        for (int i = 0; i < rounds; i++) {
            thread.interrupt();
            roundTrip(real);
        }
        int polls = multiplexer.polls.get() - before;

        real.stop();
        join(thread);
        assertTrue(polls <= 6 * rounds, polls + " polls for " + rounds + " interrupts");
        assertEquals(0, real.rebuilds().get());
    }

    @Test
    void rebuildsItsSelectorWhenPollingFailsAgainAndAgain() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            stopAt(number, BEFORE_REBUILD + 1);
            throw new IOException("broken selector");
        });

        runToTheEnd(multiplexer);

        assertEquals(1, multiplexer.rebuilds.get());
    }

    @Test
    void outlivesWhateverIsThrownByWhatItCalls() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            stopAt(number, 5);
            dispatcher.dispatch(ops -> throwError("handler"), 1);
            return 1;
        });
        newLoop(multiplexer);
        owned().onTurnEnd(() -> throwError("turn end"));
        owned().post(() -> throwError("mail"));
        owned().post(() -> owned().schedule(0, () -> throwError("timer")));

        startAndJoin();

        assertEquals(5, multiplexer.polls.get());
        assertEquals(5, owned().turns().get());
    }

    @Test
    void runsReadyChannelsThenMailThenTimersThenTheEndOfTheTurn() {
        List<String> order = new ArrayList<>();
        newLoop(new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            dispatcher.dispatch(ops -> order.add("ready"), 1);
            return 1;
        }));
        owned().onTurnEnd(() -> order.add("turn end"));
        owned().schedule(0, () -> order.add("timer"));
        owned().post(() -> order.add("mail"));

        int work = owned().runOnce(clock.nanoTime());

        assertEquals(List.of("ready", "mail", "timer", "turn end"), order);
        assertEquals(3, work);
    }

    @Test
    void readsNoMoreMailInATurnThanItsBound() {
        newLoop(new RecordingMultiplexer());
        AtomicInteger read = new AtomicInteger();
        for (int i = 0; i < EventLoop.MAILS_PER_TURN + 10; i++) {
            owned().post(read::incrementAndGet);
        }

        owned().runOnce(0);
        int inFirstTurn = read.get();
        owned().runOnce(0);

        assertEquals(EventLoop.MAILS_PER_TURN, inFirstTurn);
        assertEquals(EventLoop.MAILS_PER_TURN + 10, read.get());
    }

    @Test
    void readsMailThatAMailPosts() {
        newLoop(new RecordingMultiplexer());
        AtomicInteger read = new AtomicInteger();
        owned().post(() -> owned().post(read::incrementAndGet));

        owned().runOnce(0);
        owned().runOnce(0);

        assertEquals(1, read.get());
    }

    @Test
    void firesNoMoreTimersInATurnThanItsBound() {
        newLoop(new RecordingMultiplexer());
        AtomicInteger fired = new AtomicInteger();
        for (int i = 0; i < EventLoop.TIMERS_PER_TURN + 10; i++) {
            owned().schedule(1_000_000, fired::incrementAndGet);
        }

        owned().runOnce(clock.advanceMillis(1));
        int inFirstTurn = fired.get();
        owned().runOnce(clock.nanoTime());

        assertEquals(EventLoop.TIMERS_PER_TURN, inFirstTurn);
        assertEquals(EventLoop.TIMERS_PER_TURN + 10, fired.get());
    }

    @Test
    void doesNotWaitWhileThereIsMailOrARequestedTurn() throws Exception {
        List<Long> timeouts = new ArrayList<>();
        RecordingMultiplexer multiplexer = new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            timeouts.add(timeoutMillis);
            if (number == 2) {
                dispatcher.dispatch(ops -> owned().requestTurn(), 1);
            }
            stopAt(number, 4);
            return 1;
        });
        newLoop(multiplexer);
        owned().post(() -> {});

        startAndJoin();

        assertEquals(List.of(0L, -1L, 0L, -1L), timeouts);
    }

    @Test
    void doesNotWaitWhileItsMultiplexerIsDue() throws Exception {
        List<Long> timeouts = new ArrayList<>();
        newLoop(new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            timeouts.add(timeoutMillis);
            ((RecordingMultiplexer) owned().multiplexer()).due = number == 1;
            stopAt(number, 3);
            return 1;
        }));

        startAndJoin();

        assertEquals(List.of(-1L, 0L, -1L), timeouts);
    }

    @Test
    void waitsNoLongerThanToTheNextTimer() throws Exception {
        List<Long> timeouts = new ArrayList<>();
        newLoop(new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            timeouts.add(timeoutMillis);
            stopAt(number, 1);
            return 0;
        }));
        owned().schedule(42_000_000, () -> {});

        startAndJoin();

        assertEquals(List.of(42L), timeouts);
    }

    @Test
    void countsADelayFromTheEndOfTheTurn() throws Exception {
        List<Long> timeouts = new ArrayList<>();
        newLoop(new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            timeouts.add(timeoutMillis);
            if (number == 1) {
                dispatcher.dispatch(
                        ops -> {
                            owned().schedule(42_000_000, () -> {});
                            clock.advanceMillis(5);
                        },
                        1);
            }
            stopAt(number, 2);
            return 1;
        }));

        startAndJoin();

        assertEquals(List.of(-1L, 42L), timeouts);
    }

    @Test
    void placesTimersAlsoInATurnThatDoesNotWait() throws Exception {
        List<String> order = new ArrayList<>();
        newLoop(new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            clock.advanceMillis(2);
            dispatcher.dispatch(
                    ops -> {
                        owned().requestTurn();
                        if (number == 1) {
                            owned().schedule(3_000_000, () -> order.add("due"));
                        }
                    },
                    1);
            stopAt(number, 4);
            return 1;
        }));

        startAndJoin();

        assertEquals(List.of("due"), order);
    }

    @Test
    void belongsToTheThreadThatStepsIt() throws Exception {
        newLoop(new RecordingMultiplexer());
        assertFalse(owned().inLoop());

        owned().runOnce(0);

        assertTrue(owned().inLoop());
        AtomicReference<Boolean> elsewhere = new AtomicReference<>();
        Thread other = new Thread(() -> elsewhere.set(owned().inLoop()));
        other.start();
        join(other);
        assertEquals(false, elsewhere.get());
    }

    @Test
    void isBusyOnlyWhileItWorks() throws Exception {
        clock.advanceMillis(5);
        List<Boolean> busy = new ArrayList<>();
        newLoop(new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            busy.add(owned().busySinceNanos() != 0);
            dispatcher.dispatch(ops -> busy.add(owned().busySinceNanos() != 0), 1);
            stopAt(number, 2);
            return 1;
        }));

        startAndJoin();

        assertEquals(List.of(false, true, false, true), busy);
        assertEquals(0, owned().busySinceNanos());
    }

    private EventLoop owned() {
        EventLoop made = loop.get();
        assertNotNull(made);
        return made;
    }

    private void newLoop(Multiplexer multiplexer) {
        loop.set(new EventLoop("test-loop", clock, multiplexer));
    }

    private interface Poll {
        int onPoll(int number);
    }

    private RecordingMultiplexer.Script stopAtPoll(int last, Poll poll) {
        return (number, timeoutMillis, dispatcher) -> {
            stopAt(number, last);
            return poll.onPoll(number);
        };
    }

    /** The poll during which the loop is stopped is no empty one, whatever it returns. */
    private void stopAt(int number, int last) {
        if (number == last) {
            owned().stop();
        }
    }

    private void runToTheEnd(Multiplexer multiplexer) throws InterruptedException {
        newLoop(multiplexer);
        startAndJoin();
    }

    private void startAndJoin() throws InterruptedException {
        owned().start();
        join(assertNotNullThread(owned()));
    }

    private static Thread assertNotNullThread(EventLoop started) {
        Thread thread = started.thread();
        if (thread == null) {
            throw new AssertionError("not started");
        }
        return thread;
    }

    private static void join(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        assertFalse(thread.isAlive(), "the loop has not ended");
    }

    private static void roundTrip(EventLoop real) throws InterruptedException {
        CountDownLatch read = new CountDownLatch(1);
        real.post(read::countDown);
        assertTrue(read.await(WAIT_SECONDS, TimeUnit.SECONDS), "the mail was not read");
    }

    private static void throwError(String where) {
        throw new AssertionError("thrown on purpose by a " + where);
    }

    /** Counts the polls of another multiplexer. */
    private record CountingMultiplexer(Multiplexer counted, AtomicInteger polls) implements Multiplexer {
        CountingMultiplexer(Multiplexer counted) {
            this(counted, new AtomicInteger());
        }

        @Override
        public boolean isDue() {
            return counted.isDue();
        }

        @Override
        public void readBufferBytes(int bytes) {
            counted.readBufferBytes(bytes);
        }

        @Override
        public int poll(long timeoutMillis) throws IOException {
            polls.incrementAndGet();
            return counted.poll(timeoutMillis);
        }

        @Override
        public void dispatch(Dispatcher to) {
            counted.dispatch(to);
        }

        @Override
        public void wakeup() {
            counted.wakeup();
        }

        @Override
        public void rebuild() throws IOException {
            counted.rebuild();
        }

        @Override
        public void close() throws IOException {
            counted.close();
        }
    }
}
