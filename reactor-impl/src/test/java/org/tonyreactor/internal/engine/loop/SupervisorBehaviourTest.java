package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stepped loop looks after one whose multiplexer throws until its thread has ended. */
class SupervisorBehaviourTest {
    private static final int POLLS = LoopThread.FAILED_TURNS_BEFORE_DEATH;

    private final ManualClock clock = new ManualClock(1_000_000_000);
    private final AtomicBoolean broken = new AtomicBoolean(true);
    private final RecordingMultiplexer multiplexer = new RecordingMultiplexer((number, timeout, dispatcher) -> {
        if (broken.get()) {
            throw new OutOfMemoryError("on purpose");
        }
        return 1;
    });
    private final EventLoop watching = new EventLoop("watching", clock, new RecordingMultiplexer());
    private final EventLoop watched = new EventLoop("watched", clock, multiplexer);
    private final List<String> events = new ArrayList<>();
    private final Supervisor supervisor = new Supervisor(clock, () -> events.add("given up"));

    SupervisorBehaviourTest() {
        supervisor.watch(watching, watched, () -> {
            events.add("revived");
            watched.restart(() -> {});
        });
    }

    @AfterEach
    void stop() throws InterruptedException {
        broken.set(false);
        watched.stop();
        Thread thread = watched.thread();
        if (thread != null) {
            LoopFixture.join(thread);
        }
    }

    @Test
    void aThreadThatOnlyFailsEndsAtItsBound() throws Exception {
        startAndDie();

        assertTrue(watched.isDead());
        assertEquals(POLLS, multiplexer.polls.get());
    }

    @Test
    void aTurnThatSucceedsBeginsTheCountAnew() throws Exception {
        LoopFixture fixture = new LoopFixture();
        fixture.newLoop(new RecordingMultiplexer((number, timeout, dispatcher) -> {
            fixture.stopAt(number, POLLS + POLLS / 2);
            if (number != POLLS - 1) {
                throw new OutOfMemoryError("on purpose");
            }
            return 1;
        }));

        fixture.startAndJoin();

        assertFalse(fixture.owned().isDead());
    }

    @Test
    void aDeadThreadIsReplacedAndItsMailIsKept() throws Exception {
        startAndDie();
        watched.post(() -> events.add("mail"));
        broken.set(false);

        pass();
        LoopFixture.roundTrip(watched);

        assertEquals(List.of("revived", "mail"), events);
        assertEquals(1, watched.restarts().get());
    }

    @Test
    void aLoopThatWasStoppedIsNotRevived() throws Exception {
        broken.set(false);
        watched.start();
        watched.stop();
        LoopFixture.join(LoopFixture.threadOf(watched));

        pass();

        assertEquals(List.of(), events);
    }

    @Test
    void threeDeathsInAMinuteGiveUp() throws Exception {
        startAndDie();
        passAndDie();
        passAndDie();
        pass();

        assertEquals(List.of("revived", "revived", "given up"), events);
    }

    @Test
    void deathsThatAreFarBetweenDoNot() throws Exception {
        startAndDie();
        passAndDie();
        clock.advanceMillis(Supervisor.WINDOW_MILLIS);
        passAndDie();
        pass();

        assertEquals(List.of("revived", "revived", "revived"), events);
    }

    private void startAndDie() throws InterruptedException {
        watched.start();
        LoopFixture.join(LoopFixture.threadOf(watched));
    }

    private void passAndDie() throws InterruptedException {
        pass();
        LoopFixture.join(LoopFixture.threadOf(watched));
    }

    private void pass() {
        watching.runOnce(clock.advanceMillis(Supervisor.PERIOD_MILLIS));
    }
}
