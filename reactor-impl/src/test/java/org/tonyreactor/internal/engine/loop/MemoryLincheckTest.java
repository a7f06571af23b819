package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.Concurrently;

/** The bound on memory, and what is told of it, under every interleaving that a model checker finds. */
class MemoryLincheckTest {
    private static final int INTERLEAVINGS = 40;
    private static final long MAX_BYTES = 1_024;
    private static final long LEAST_NANOS = 1_000;

    @Test
    void neverPassesTheBoundAndLosesNothing() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            MemoryBudget budget = new MemoryBudget();
            budget.limit(MAX_BYTES, 50);
            LoopMemory memory = loop(budget).memory();
            AtomicLong ofCalls = new AtomicLong();
            Thread caller = Concurrently.started(() -> {
                if (memory.takeForCall(600, 0)) {
                    ofCalls.addAndGet(600);
                }
            });

            boolean reserved = memory.reserve(600);
            assertTrue(budget.takenBytes() <= MAX_BYTES);
            Concurrently.join(caller);

            assertEquals((reserved ? 600 : 0) + ofCalls.get(), budget.usedBytes());
            assertTrue(budget.usedBytes() <= MAX_BYTES && budget.usedBytes() > 0);
            memory.release(memory.usedBytes());
            memory.giveOfCalls(ofCalls.get());
            assertEquals(0, budget.usedBytes());
        });
    }

    @Test
    void hasALoopLookAfterALevelWasCrossed() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            MemoryBudget budget = new MemoryBudget();
            budget.limit(MAX_BYTES, 50);
            LoopMemory memory = loop(budget).memory();
            memory.takeAsked();
            Thread first = Concurrently.started(() -> budget.takeAnyway(300));
            Thread second = Concurrently.started(() -> budget.takeAnyway(300));

            boolean looked = memory.takeAsked() && budget.isHigh();
            Concurrently.join(first);
            Concurrently.join(second);

            assertTrue(looked || memory.takeAsked(), "high, and nobody was asked");
            assertFalse(memory.takeAsked());
        });
    }

    @Test
    void tellsOfEachEndedConnectionOnce() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            MemoryBudget budget = new MemoryBudget();
            AtomicLong told = new AtomicLong();
            AtomicInteger tellers = new AtomicInteger();
            Thread other = Concurrently.started(() -> end(budget, LEAST_NANOS, told, tellers));

            end(budget, LEAST_NANOS + 1, told, tellers);
            Concurrently.join(other);

            assertTrue(tellers.get() <= 1, tellers.get() + " warnings within the time of one");
            told.addAndGet(budget.takeEndedSince(3 * LEAST_NANOS, LEAST_NANOS));
            assertEquals(2, told.get());
            assertFalse(budget.hasUntold());
        });
    }

    private static void end(MemoryBudget budget, long nowNanos, AtomicLong told, AtomicInteger tellers) {
        budget.noteEnded();
        long more = budget.takeEndedSince(nowNanos, LEAST_NANOS);
        told.addAndGet(more);
        tellers.addAndGet(more == 0 ? 0 : 1);
    }

    private static EventLoop loop(MemoryBudget budget) {
        EventLoop loop = new EventLoop("test", () -> 0, new RecordingMultiplexer(), budget);
        loop.runOnce(0);
        return loop;
    }
}
