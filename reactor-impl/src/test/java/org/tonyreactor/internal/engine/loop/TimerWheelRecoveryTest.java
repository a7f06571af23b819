package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A wheel that a dead thread has left is linked anew. */
class TimerWheelRecoveryTest {
    private static final int TIMERS = 500;

    private final ManualClock clock = new ManualClock();
    private final EventLoop loop = new EventLoop("test", clock, new RecordingMultiplexer());
    private final TimerWheel wheel = loop.timers();
    private final List<Long> fired = new ArrayList<>();

    @Test
    void keepsEveryTimerAndTheirOrder() {
        long seed = 7;
        Random random = new Random(seed);
        List<Long> delays = random.longs(TIMERS, 1, 100_000).sorted().boxed().toList();
        for (int i = 0; i < TIMERS; i++) {
            add(delays.get(i));
            if (i % 50 == 0) {
                loop.runOnce(clock.nanoTime()); // Some are placed, the others are fresh.
            }
        }

        wheel.recover();

        assertEquals(TIMERS, wheel.size());
        loop.runOnce(clock.nanoTime());
        for (int i = 0; i < 1_100; i++) {
            loop.runOnce(clock.advanceMillis(100));
        }
        assertEquals(delays, fired, "seed " + seed);
        assertEquals(0, wheel.size());
    }

    private void add(long delayMillis) {
        loop.schedule(delayMillis * 1_000_000, () -> fired.add(delayMillis));
    }
}
