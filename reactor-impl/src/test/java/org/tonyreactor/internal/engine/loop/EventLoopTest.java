package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private final LoopFixture fixture = new LoopFixture();

    @Test
    void outlivesWhateverIsThrownByWhatItCalls() throws Exception {
        RecordingMultiplexer multiplexer = new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            fixture.stopAt(number, 5);
            dispatcher.dispatch(ops -> throwError("handler"), 1);
            return 1;
        });
        fixture.newLoop(multiplexer);
        fixture.owned().onTurnEnd(() -> throwError("turn end"));
        fixture.owned().post(() -> throwError("mail"));
        fixture.owned().post(() -> fixture.owned().schedule(0, () -> throwError("timer")));

        fixture.startAndJoin();

        assertEquals(5, multiplexer.polls.get());
        assertEquals(5, fixture.owned().turns().get());
    }

    @Test
    void runsReadyChannelsThenMailThenTimersThenTheEndOfTheTurn() {
        List<String> order = new ArrayList<>();
        fixture.newLoop(new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            dispatcher.dispatch(ops -> order.add("ready"), 1);
            return 1;
        }));
        fixture.owned().onTurnEnd(() -> order.add("turn end"));
        fixture.owned().schedule(0, () -> order.add("timer"));
        fixture.owned().post(() -> order.add("mail"));

        int work = fixture.owned().runOnce(fixture.clock.nanoTime());

        assertEquals(List.of("ready", "mail", "timer", "turn end"), order);
        assertEquals(3, work);
    }

    @Test
    void readsNoMoreMailInATurnThanItsBound() {
        fixture.newLoop(new RecordingMultiplexer());
        AtomicInteger read = new AtomicInteger();
        for (int i = 0; i < EventLoop.MAILS_PER_TURN + 10; i++) {
            fixture.owned().post(read::incrementAndGet);
        }

        fixture.owned().runOnce(0);
        int inFirstTurn = read.get();
        fixture.owned().runOnce(0);

        assertEquals(EventLoop.MAILS_PER_TURN, inFirstTurn);
        assertEquals(EventLoop.MAILS_PER_TURN + 10, read.get());
    }

    @Test
    void readsMailThatAMailPosts() {
        fixture.newLoop(new RecordingMultiplexer());
        AtomicInteger read = new AtomicInteger();
        fixture.owned().post(() -> fixture.owned().post(read::incrementAndGet));

        fixture.owned().runOnce(0);
        fixture.owned().runOnce(0);

        assertEquals(1, read.get());
    }

    @Test
    void firesNoMoreTimersInATurnThanItsBound() {
        fixture.newLoop(new RecordingMultiplexer());
        AtomicInteger fired = new AtomicInteger();
        for (int i = 0; i < EventLoop.TIMERS_PER_TURN + 10; i++) {
            fixture.owned().schedule(1_000_000, fired::incrementAndGet);
        }

        fixture.owned().runOnce(fixture.clock.advanceMillis(1));
        int inFirstTurn = fired.get();
        fixture.owned().runOnce(fixture.clock.nanoTime());

        assertEquals(EventLoop.TIMERS_PER_TURN, inFirstTurn);
        assertEquals(EventLoop.TIMERS_PER_TURN + 10, fired.get());
    }

    @Test
    void countsADelayFromTheEndOfTheTurn() throws Exception {
        List<Long> timeouts = new ArrayList<>();
        fixture.newLoop(new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            timeouts.add(timeoutMillis);
            if (number == 1) {
                dispatcher.dispatch(
                        ops -> {
                            fixture.owned().schedule(42_000_000, () -> {});
                            fixture.clock.advanceMillis(5);
                        },
                        1);
            }
            fixture.stopAt(number, 2);
            return 1;
        }));

        fixture.startAndJoin();

        assertEquals(List.of(-1L, 42L), timeouts);
    }

    @Test
    void placesTimersAlsoInATurnThatDoesNotWait() throws Exception {
        List<String> order = new ArrayList<>();
        fixture.newLoop(new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            fixture.clock.advanceMillis(2);
            dispatcher.dispatch(
                    ops -> {
                        fixture.owned().requestTurn();
                        if (number == 1) {
                            fixture.owned().schedule(3_000_000, () -> order.add("due"));
                        }
                    },
                    1);
            fixture.stopAt(number, 4);
            return 1;
        }));

        fixture.startAndJoin();

        assertEquals(List.of("due"), order);
    }

    @Test
    void belongsToTheThreadThatStepsIt() throws Exception {
        fixture.newLoop(new RecordingMultiplexer());
        assertFalse(fixture.owned().inLoop());

        fixture.owned().runOnce(0);

        assertTrue(fixture.owned().inLoop());
        AtomicReference<Boolean> elsewhere = new AtomicReference<>();
        Thread other = new Thread(() -> elsewhere.set(fixture.owned().inLoop()));
        other.start();
        LoopFixture.join(other);
        assertEquals(false, elsewhere.get());
    }

    @Test
    void isBusyOnlyWhileItWorks() throws Exception {
        fixture.clock.advanceMillis(5);
        List<Boolean> busy = new ArrayList<>();
        fixture.newLoop(new RecordingMultiplexer((number, timeoutMillis, dispatcher) -> {
            busy.add(fixture.owned().presentTurn().sinceNanos() != 0);
            dispatcher.dispatch(ops -> busy.add(fixture.owned().presentTurn().sinceNanos() != 0), 1);
            fixture.stopAt(number, 2);
            return 1;
        }));

        fixture.startAndJoin();

        assertEquals(List.of(false, true, false, true), busy);
        assertEquals(0, fixture.owned().presentTurn().sinceNanos());
    }

    private static void throwError(String where) {
        throw new AssertionError("thrown on purpose by a " + where);
    }
}
