package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.tonyreactor.internal.engine.loop.Clock;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.wire.memory.MemoryNetwork;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;

class HandOverWarmUpTest {
    @Test
    void handsOverAsOftenAsTheCompilerNeeds() throws Exception {
        int handedOver = new HandOverWarmUp(new ManualClock(), new NioNetwork()).warmUp();

        assertTrue(handedOver >= HandOverWarmUp.HAND_OVERS, handedOver + " hand-overs");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void leavesNoDescriptorBehind() throws Exception {
        NioNetwork network = new NioNetwork();
        new HandOverWarmUp(new ManualClock(), network).warmUp(); // Classes are loaded from files that stay open.
        int before = descriptors();

        new HandOverWarmUp(new ManualClock(), network).warmUp();

        assertEquals(before, descriptors());
    }

    @Test
    void endsInTimeOnASlowMachine() {
        ManualClock clock = new ManualClock();
        Clock slow = () -> clock.advanceMillis(TimeUnit.NANOSECONDS.toMillis(HandOverWarmUp.MAX_NANOS));

        assertEquals(0, new HandOverWarmUp(slow, new NioNetwork()).warmUp());
    }

    @Test
    void endsWithTheEngine() {
        Thread.currentThread().interrupt();

        int handedOver = new HandOverWarmUp(new ManualClock(), new MemoryNetwork()).warmUp();

        assertEquals(0, handedOver);
        assertTrue(Thread.interrupted());
    }

    private static int descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}
