package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final long NO_BYTES_BOUND = Long.MAX_VALUE;

    private final EventLoop loop = new EventLoop("test", new ManualClock(), new RecordingMultiplexer());
    private final Inbox inbox = new Inbox(loop);
    private final List<Integer> ran = new ArrayList<>();

    @Test
    void runsCallsInTheOrderOfPushing() {
        for (int i = 0; i < 100; i++) {
            push(i);
        }

        inbox.run();

        assertEquals(IntStream.range(0, 100).boxed().toList(), ran);
        assertTrue(inbox.nothingWaits());
    }

    @Test
    void hasOneMailHoweverManyCallsWait() {
        for (int i = 0; i < 100; i++) {
            push(i);
        }

        int mails = loop.runOnce(0);

        assertEquals(1, mails);
        assertEquals(100, ran.size());
        assertEquals(0, loop.runOnce(0));
    }

    @Test
    void sendsAnotherMailForACallThatComesWhileItRuns() {
        inbox.force(() -> push(2));
        push(1);

        loop.runOnce(0);

        assertEquals(List.of(1, 2), ran);
    }

    @Test
    void callsOccupyMemoryUntilTheyHaveRun() {
        MemoryBudget budget = loop.memory().budget();
        inbox.push(() -> ran.add(1), 100, 10, NO_BYTES_BOUND);
        inbox.force(() -> ran.add(2));
        assertEquals(100 + 2 * Inbox.CALL_BYTES, budget.usedBytes());
        assertEquals(100 + 2 * Inbox.CALL_BYTES, inbox.memoryBytes());

        inbox.run();

        assertEquals(0, budget.usedBytes());
        inbox.push(() -> ran.add(3), 100, 10, NO_BYTES_BOUND);
        inbox.seal();
        assertEquals(0, budget.usedBytes());
        assertFalse(inbox.push(() -> ran.add(4), 100, 10, NO_BYTES_BOUND));
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void refusesACallThatThereIsNoMemoryFor() {
        MemoryBudget budget = loop.memory().budget();
        budget.limit(1_000, 100);

        assertFalse(inbox.push(() -> ran.add(1), 1_000, 10, NO_BYTES_BOUND));

        assertTrue(inbox.fits(1_000, 10, NO_BYTES_BOUND));
        assertEquals(0, budget.usedBytes());
        assertTrue(inbox.push(() -> ran.add(2), 500, 10, NO_BYTES_BOUND));
    }

    @Test
    void refusesACallBeyondItsCapacityAndTakesOneAgainAfterwards() {
        assertTrue(inbox.push(() -> ran.add(1), 0, 2, NO_BYTES_BOUND));
        assertTrue(inbox.push(() -> ran.add(2), 0, 2, NO_BYTES_BOUND));
        assertFalse(inbox.push(() -> ran.add(3), 0, 2, NO_BYTES_BOUND));

        inbox.run();

        assertTrue(inbox.push(() -> ran.add(4), 0, 2, NO_BYTES_BOUND));
        inbox.run();
        assertEquals(List.of(1, 2, 4), ran);
    }

    @Test
    void refusesACallBeyondItsBytes() {
        assertTrue(inbox.push(() -> ran.add(1), 60, 10, 100));
        assertFalse(inbox.push(() -> ran.add(2), 41, 10, 100));
        assertTrue(inbox.push(() -> ran.add(3), 40, 10, 100));

        assertEquals(100, inbox.waitingBytes());
        inbox.run();
        assertEquals(0, inbox.waitingBytes());
        assertEquals(List.of(1, 3), ran);
    }

    @Test
    void takesAForcedCallBeyondItsBounds() {
        inbox.push(() -> ran.add(1), 100, 1, 100);

        assertTrue(inbox.force(() -> ran.add(2)));

        inbox.run();
        assertEquals(List.of(1, 2), ran);
    }

    @Test
    void dropsWhatWaitsWhenItIsSealed() {
        push(1);

        inbox.seal();
        loop.runOnce(0);

        assertEquals(List.of(), ran);
        assertTrue(inbox.nothingWaits());
        assertEquals(0, inbox.waitingBytes());
    }

    @Test
    void takesNothingOnceItIsSealed() {
        inbox.seal();

        assertFalse(inbox.push(() -> ran.add(1), 0, 10, NO_BYTES_BOUND));
        assertFalse(inbox.force(() -> ran.add(2)));

        inbox.run();
        assertEquals(List.of(), ran);
        assertEquals(0, loop.runOnce(0));
    }

    @Test
    void runsNoFurtherCallAfterOneThatSealsIt() {
        push(1);
        inbox.force(inbox::seal);
        push(2);

        inbox.run();

        assertEquals(List.of(1), ran);
    }

    @Test
    void staysSealedWhenItRuns() {
        inbox.seal();

        inbox.run();

        assertFalse(inbox.force(() -> ran.add(1)));
    }

    @Test
    void keepsTheLastOfTheChangesThatComeTogether() {
        push(1);
        for (int i = 0; i < 10_000; i++) {
            inbox.change(new Change(100 + i));
        }
        push(2);
        inbox.change(new Change(7));
        inbox.change(new Change(8));

        inbox.run();

        assertEquals(List.of(1, 10_099, 2, 8), ran);
    }

    @Test
    void sendsAMailForAChange() {
        inbox.change(new Change(1));

        assertEquals(1, loop.runOnce(0));
        assertEquals(List.of(1), ran);
    }

    @Test
    void countsTheBytesOfCallsThatAreTakenAndHaveNotRun() {
        List<Long> bytes = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            inbox.push(() -> bytes.add(inbox.bytesToRun()), i, 10, 100);
        }

        inbox.run();

        assertEquals(List.of(5L, 3L, 0L), bytes);
        assertEquals(0, inbox.bytesToRun());
    }

    private final class Change implements Inbox.Change {
        private final int number;

        Change(int number) {
            this.number = number;
        }

        @Override
        public Inbox.Change over(Inbox.Change earlier) {
            return this;
        }

        @Override
        public void run() {
            ran.add(number);
        }
    }

    private void push(int number) {
        assertTrue(inbox.push(() -> ran.add(number), 0, Inbox.CAPACITY, NO_BYTES_BOUND));
    }
}
