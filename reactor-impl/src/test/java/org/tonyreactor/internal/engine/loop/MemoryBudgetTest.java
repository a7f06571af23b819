package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bound on an engine's memory: never passed, exact at rest, and mostly nobody's business but the loop's. */
@Timeout(60)
class MemoryBudgetTest {
    private static final long MAX_BYTES = 256_000;
    private static final long PORTION_BYTES = MAX_BYTES / 256;

    private final MemoryBudget budget = new MemoryBudget();
    private final EventLoop loop = loop("first");
    private final LoopMemory memory = loop.memory();

    @BeforeEach
    void limit() {
        budget.limit(MAX_BYTES, 50);
    }

    @Test
    void figureIsExactThoughPortionsAreTaken() {
        assertTrue(memory.reserve(10));

        assertEquals(10, budget.usedBytes());
        assertEquals(PORTION_BYTES, budget.takenBytes());
        memory.release(10);
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void whatIsTakenAlreadyIsSpentWithoutTheBudget() {
        memory.reserve(1);
        long taken = budget.takenBytes();

        for (int i = 0; i < PORTION_BYTES - 1; i++) {
            assertTrue(memory.reserve(1));
        }

        assertEquals(taken, budget.takenBytes());
    }

    @Test
    void nothingIsKeptOfMuchThatIsReleasedButAPortion() {
        memory.reserve(100 * PORTION_BYTES);

        memory.release(100 * PORTION_BYTES);

        assertEquals(PORTION_BYTES, budget.takenBytes());
    }

    @Test
    void sixteenthIsLeftForThoseThatNeedLittle() {
        long most = MAX_BYTES - MAX_BYTES / 16;
        assertTrue(memory.reserve(most));

        assertFalse(memory.reserve(1));

        assertTrue(memory.isFull() || budget.takenBytes() == most);
        assertFalse(memory.grow(MAX_BYTES, true));
        assertTrue(memory.grow(MAX_BYTES / 16, true));
        assertTrue(memory.reserve(MAX_BYTES / 16));
        assertEquals(MAX_BYTES, budget.usedBytes());
    }

    @Test
    void aLevelThatIsCrossedIsLookedAtByAllLoops() {
        EventLoop other = loop("second");
        memory.takeAsked();

        assertFalse(other.memory().takeAsked());
        memory.reserve(MAX_BYTES / 2 + 1);

        assertTrue(memory.isHigh());
        assertTrue(memory.takeAsked());
        assertTrue(other.memory().takeAsked());
        assertFalse(other.memory().takeAsked());
        memory.release(MAX_BYTES / 2);
        assertFalse(memory.isHigh());
        assertTrue(other.memory().takeAsked());
    }

    @Test
    void shareIsWhatEachHolderMayHave() {
        assertEquals(MAX_BYTES / 2, memory.shareBytes());
        memory.countOutput(3);
        memory.countInput(2);

        assertEquals(MAX_BYTES / 10, memory.shareBytes());
        assertEquals(MAX_BYTES / 4, memory.inputShareBytes());
    }

    @Test
    void ownBuffersCountAndMayChange() {
        budget.fixed(1_000);
        budget.fixed(400);

        assertEquals(400, budget.usedBytes());
    }

    @Test
    void nobodyIsLeftMeansNothingIsOccupied() {
        memory.reserve(12_345);
        memory.countOutput(1);

        memory.clear();

        assertEquals(0, budget.usedBytes());
        assertEquals(MAX_BYTES / 2, memory.shareBytes());
    }

    /** Several loops and several other threads at once, at random; the seed is told when it fails. */
    @Test
    void boundIsNeverPassedAndNothingIsLost() throws InterruptedException {
        long seed = 20_261_129;
        AtomicBoolean ended = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Random random = new Random(seed + i);
            EventLoop own = loop("loop " + i);
            threads.add(new Thread(() -> spend(owned(own), random)));
            threads.add(new Thread(() -> call(own.memory(), random)));
        }
        Thread watch = new Thread(() -> {
            while (!ended.get()) { // Ends: with the others, which are bounded.
                if (budget.takenBytes() > MAX_BYTES) {
                    failure.set(new AssertionError("seed " + seed + ": " + budget.takenBytes() + " bytes are taken"));
                }
            }
        });
        threads.forEach(thread -> thread.setUncaughtExceptionHandler((t, e) -> failure.set(e)));
        watch.start();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        ended.set(true);
        watch.join();

        assertEquals(null, failure.get(), "seed " + seed);
        assertEquals(0, budget.usedBytes(), "seed " + seed);
    }

    private static void spend(LoopMemory memory, Random random) {
        long held = 0;
        for (int i = 0; i < 100_000; i++) {
            long some = random.nextInt(20_000);
            if (random.nextBoolean()) {
                held += memory.reserve(some) ? some : 0;
            } else {
                long less = Math.min(held, some);
                memory.release(less);
                held -= less;
            }
        }
        memory.release(held);
    }

    private static void call(LoopMemory memory, Random random) {
        for (int i = 0; i < 100_000; i++) {
            long bytes = random.nextInt(10_000);
            if (memory.takeForCall(bytes, 0)) {
                memory.giveOfCalls(bytes);
            }
        }
    }

    private EventLoop loop(String name) {
        EventLoop made = new EventLoop(name, new ManualClock(), new RecordingMultiplexer(), budget);
        made.runOnce(0);
        return made;
    }

    /** The calling thread is the owner from here on. */
    private static LoopMemory owned(EventLoop loop) {
        loop.runOnce(0);
        return loop.memory();
    }
}
