package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.nio.NioPair;

/** How long a loop waits, and what it makes of a selector that returns for no reason. */
class PollerTest {
    private static final int BEFORE_REBUILD = Poller.EMPTY_POLLS_BEFORE_REBUILD;

    private final LoopFixture fixture = new LoopFixture();

    @Test
    void rebuildsItsSelectorAfterManyEmptyPolls() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer(fixture.stopAtPoll(BEFORE_REBUILD + 1, n -> 0));

        fixture.runToTheEnd(multiplexer);

        assertEquals(1, multiplexer.rebuilds.get());
        assertEquals(1, fixture.owned().rebuilds().get());
    }

    @Test
    void doesNotRebuildBeforeThat() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer(fixture.stopAtPoll(BEFORE_REBUILD, n -> 0));

        fixture.runToTheEnd(multiplexer);

        assertEquals(0, multiplexer.rebuilds.get());
    }

    @Test
    void countsEmptyPollsAnewAfterOneThatFindsSomething() throws Exception {
        RecordingMultiplexer multiplexer =
                new RecordingMultiplexer(fixture.stopAtPoll(2 * BEFORE_REBUILD, n -> n == BEFORE_REBUILD ? 1 : 0));

        fixture.runToTheEnd(multiplexer);

        assertEquals(0, multiplexer.rebuilds.get());
    }

    @Test
    void countsNoWakeUpAsAnEmptyPoll() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer(fixture.stopAtPoll(3 * BEFORE_REBUILD, n -> {
            fixture.owned().wake();
            return 0;
        }));

        fixture.runToTheEnd(multiplexer);

        assertEquals(0, multiplexer.rebuilds.get());
        assertTrue(multiplexer.wakeups.get() >= 3 * BEFORE_REBUILD - 1);
    }

    @Test
    void countsNoTimeoutAsAnEmptyPoll() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            assertTrue(timeoutMillis > 0);
            fixture.clock.advanceMillis(timeoutMillis);
            fixture.stopAt(number, 3 * BEFORE_REBUILD);
            return 0;
        });
        fixture.newLoop(multiplexer);
        Runnable[] again = new Runnable[1];
        again[0] = () -> fixture.owned().schedule(10_000_000, again[0]);
        fixture.owned().schedule(10_000_000, again[0]);

        fixture.startAndJoin();

        assertEquals(0, multiplexer.rebuilds.get());
        assertEquals(3 * BEFORE_REBUILD, multiplexer.polls.get());
    }

    @Test
    void countsAReturnBeforeItsTimeAsAnEmptyPoll() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer(fixture.stopAtPoll(BEFORE_REBUILD + 1, n -> 0));
        fixture.newLoop(multiplexer);
        fixture.owned().schedule(60_000_000_000L, () -> {});

        fixture.startAndJoin();

        assertEquals(1, multiplexer.rebuilds.get());
    }

    @Test
    void countsNoInterruptAsAnEmptyPoll() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer(fixture.stopAtPoll(3 * BEFORE_REBUILD, n -> {
            Thread.currentThread().interrupt();
            return 0;
        }));

        fixture.runToTheEnd(multiplexer);

        assertEquals(0, multiplexer.rebuilds.get());
    }

    @Test
    void forgetsAnInterruptSoThatTheNextPollCanWait() throws Exception {
        List<Boolean> interrupted = new ArrayList<>();
        RecordingMultiplexer multiplexer = new RecordingMultiplexer(fixture.stopAtPoll(3, n -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            if (n == 1) {
                Thread.currentThread().interrupt();
            }
            return 0;
        }));

        fixture.runToTheEnd(multiplexer);

        assertEquals(List.of(false, false, false), interrupted);
    }

    @Test
    void doesNotSpinOnARealSelectorWhenItsThreadIsInterrupted() throws Exception {
        CountingMultiplexer multiplexer = new CountingMultiplexer(NioPair.multiplexer());
        EventLoop real = new EventLoop("test-loop", Clock.SYSTEM, multiplexer);
        real.start();
        Thread thread = LoopFixture.threadOf(real);
        LoopFixture.roundTrip(real);
        int before = multiplexer.polls.get();

        int rounds = 200;
        for (int i = 0; i < rounds; i++) {
            thread.interrupt();
            LoopFixture.roundTrip(real);
        }
        int polls = multiplexer.polls.get() - before;

        real.stop();
        LoopFixture.join(thread);
        assertTrue(polls <= 6 * rounds, polls + " polls for " + rounds + " interrupts");
        assertEquals(0, real.rebuilds().get());
    }

    @Test
    void rebuildsItsSelectorWhenPollingFailsAgainAndAgain() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            fixture.stopAt(number, BEFORE_REBUILD + 1);
            throw new IOException("broken selector");
        });

        fixture.runToTheEnd(multiplexer);

        assertEquals(1, multiplexer.rebuilds.get());
    }

    @Test
    void doesNotWaitWhileThereIsMailOrARequestedTurn() throws Exception {
        List<Long> timeouts = new ArrayList<>();
        RecordingMultiplexer multiplexer = new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            timeouts.add(timeoutMillis);
            if (number == 2) {
                dispatcher.dispatch(ops -> fixture.owned().requestTurn(), 1);
            }
            fixture.stopAt(number, 4);
            return 1;
        });
        fixture.newLoop(multiplexer);
        fixture.owned().post(() -> {});

        fixture.startAndJoin();

        assertEquals(List.of(0L, -1L, 0L, -1L), timeouts);
    }

    @Test
    void doesNotWaitWhileItsMultiplexerIsDue() throws Exception {
        List<Long> timeouts = new ArrayList<>();
        RecordingMultiplexer[] multiplexer = new RecordingMultiplexer[1];
        multiplexer[0] = new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            timeouts.add(timeoutMillis);
            multiplexer[0].due = number == 1;
            fixture.stopAt(number, 3);
            return 1;
        });
        fixture.newLoop(multiplexer[0]);

        fixture.startAndJoin();

        assertEquals(List.of(-1L, 0L, -1L), timeouts);
    }

    @Test
    void waitsNoLongerThanToTheNextTimer() throws Exception {
        List<Long> timeouts = new ArrayList<>();
        fixture.newLoop(new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            timeouts.add(timeoutMillis);
            fixture.stopAt(number, 1);
            return 0;
        }));
        fixture.owned().schedule(42_000_000, () -> {});

        fixture.startAndJoin();

        assertEquals(List.of(42L), timeouts);
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
        public void probe(Dispatcher to) throws IOException {
            counted.probe(to);
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
