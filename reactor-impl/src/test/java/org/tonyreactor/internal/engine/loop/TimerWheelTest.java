package org.tonyreactor.internal.engine.loop;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tonyreactor.internal.engine.connection.LeasedTransport;

class TimerWheelTest {
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final long TICK_NANOS = 1_000_000;
    private static final int MILLION = 1_000_000;
    private static final long YEAR_MILLIS = Duration.ofDays(365).toMillis();

    private final List<String> fired = new ArrayList<>();
    private ManualClock clock = new ManualClock();
    private EventLoop loop = ownedLoop(clock);
    private TimerWheel wheel = loop.timers();

    @BeforeEach
    void startAtAnOddTime() {
        startAt(123_456_789_123L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 63, 64, 65, 4_095, 4_096, 4_097, 262_143, 262_144, 262_145, 16_777_216, 1L << 36})
    void firesAtItsTimeAndNotANanosecondEarlier(long delayMillis) {
        after(delayMillis, "due");

        expireAfterNanos(delayMillis * TICK_NANOS - 1);
        assertEquals(List.of(), fired);

        expireAfterNanos(1);
        assertEquals(List.of("due"), fired);
    }

    @Test
    void firesAtMostOneTickLate() {
        long[] delaysNanos = {1, TICK_NANOS - 1, TICK_NANOS, TICK_NANOS + 1, 77 * TICK_NANOS + 5};
        for (long delayNanos : delaysNanos) {
            for (long phaseNanos : new long[] {0, 1, 500_000, TICK_NANOS - 1}) {
                startAt(phaseNanos);
                clock.advanceNanos(phaseNanos);
                wheel.expire(clock.nanoTime(), UNBOUNDED);
                schedule(delayNanos, () -> fired.add("due"));

                expireAfterNanos(delayNanos - 1);
                assertEquals(List.of(), fired, "early: delay " + delayNanos + ", phase " + phaseNanos);
                expireAfterNanos(TICK_NANOS);
                assertEquals(List.of("due"), fired, "late: delay " + delayNanos + ", phase " + phaseNanos);
            }
        }
    }

    @Test
    void firesOneTickInTheOrderOfAdding() {
        for (int i = 0; i < 100; i++) {
            after(70, "timer" + i);
        }

        expireAfterMillis(70);

        assertEquals(IntStream.range(0, 100).mapToObj(i -> "timer" + i).toList(), fired);
    }

    @Test
    void firesOneTickInTheOrderOfAddingAlsoWhenAddedOnDifferentLevels() {
        after(5_000, "from level 2");
        expireAfterMillis(4_950);
        after(50, "from level 0 or 1");
        expireAfterMillis(49);
        after(1, "from level 0");

        expireAfterMillis(1);

        assertEquals(List.of("from level 2", "from level 0 or 1", "from level 0"), fired);
    }

    @Test
    void firesInTheOrderOfTimeWhenTheClockJumps() {
        for (long delay : new long[] {300_000, 3, 70, 5_000, 1, 64}) {
            after(delay, "" + delay);
        }

        expireAfterMillis(400_000);

        assertEquals(List.of("1", "3", "64", "70", "5000", "300000"), fired);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void leavesTheOthersOfATickWhenOneIsCancelled(int cancelled) {
        List<Timer> timers = List.of(after(100, "head"), after(100, "middle"), after(100, "last"));
        List<String> expected = new ArrayList<>(List.of("head", "middle", "last"));
        expected.remove(cancelled);

        assertTrue(timers.get(cancelled).cancel());
        expireAfterMillis(100);

        assertEquals(expected, fired);
        assertEquals(0, wheel.size());
    }

    @Test
    void neverFiresWhatWasCancelled() {
        Timer timer = after(10, "cancelled");

        assertTrue(timer.cancel());
        assertFalse(timer.cancel());
        expireAfterMillis(YEAR_MILLIS);

        assertEquals(List.of(), fired);
        assertTrue(timer.isDone());
        assertEquals(0, timer.remainingMillis());
    }

    @Test
    void cannotCancelWhatHasFired() {
        Timer timer = after(10, "due");
        expireAfterMillis(10);

        assertFalse(timer.cancel());
        assertTrue(timer.isDone());
    }

    @Test
    void takesATimerOutAtOnceWhenItIsCancelled() {
        Timer first = after(10, "first");
        after(YEAR_MILLIS, "second");

        first.cancel();

        assertEquals(1, wheel.size());
        assertEquals(TimerWheel.UNLINKED, first.slot);
        expireAfterMillis(10);
        assertTrue(wheel.millisToNext(clock.nanoTime()) > 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -TICK_NANOS, Long.MIN_VALUE})
    void firesInTheNextTurnWithoutDelay(long delayNanos) {
        clock.advanceMillis(7);
        schedule(delayNanos, () -> fired.add("due"));

        assertTrue(wheel.millisToNext(clock.nanoTime()) <= 1);
        expireAfterMillis(1);

        assertEquals(List.of("due"), fired);
    }

    @ParameterizedTest
    @ValueSource(longs = {100 * 365L, 106_751})
    void keepsADelayOfAHundredYears(long days) {
        schedule(LeasedTransport.nanosOf(Duration.ofDays(days)), () -> fired.add("due"));

        expireAfterMillis(Duration.ofDays(days).toMillis() - 1);
        assertEquals(List.of(), fired);

        expireAfterMillis(1);
        assertEquals(List.of("due"), fired);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, TICK_NANOS - 1, TICK_NANOS, 12_345_678})
    void keepsTheLongestDelaysWithoutOverflow(long sinceOriginNanos) {
        clock.advanceNanos(sinceOriginNanos);
        for (long shorter : new long[] {0, 1, 2, TICK_NANOS - 2, TICK_NANOS, 12_345_678, 12_345_679}) {
            schedule(Long.MAX_VALUE - shorter, () -> fired.add("max - " + shorter));
        }
        schedule(LeasedTransport.nanosOf(Duration.ofSeconds(Long.MAX_VALUE)), () -> fired.add("seconds"));

        expireAfterMillis(1);
        expireAfterMillis(200 * YEAR_MILLIS);

        assertEquals(List.of(), fired);
        assertEquals(8, wheel.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 5 * TICK_NANOS, Long.MIN_VALUE, -1, 0})
    void worksWithAnyOriginOfTheClock(long originNanos) {
        startAt(originNanos);
        after(10, "due");

        expireAfterMillis(9);
        assertEquals(List.of(), fired);
        assertEquals(1, wheel.millisToNext(clock.nanoTime()));

        expireAfterMillis(1);
        assertEquals(List.of("due"), fired);
    }

    @Test
    void waitsForTheNextTurnWithWhatATimerAddsWithoutDelay() {
        int[] runs = {0};
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            runs[0]++;
            loop.schedule(0, again[0]);
        };
        schedule(0, again[0]);

        wheel.expire(clock.advanceMillis(1), 10);
        assertEquals(1, runs[0]);

        wheel.place(clock.nanoTime());
        wheel.expire(clock.advanceMillis(1), 10);
        assertEquals(2, runs[0]);
    }

    @Test
    void letsATimerCancelTheNextOneOfItsTick() {
        Timer[] next = new Timer[1];
        after(5, "first", () -> next[0].cancel());
        next[0] = after(5, "second");
        after(5, "third");

        expireAfterMillis(5);

        assertEquals(List.of("first", "third"), fired);
    }

    @Test
    void goesOnWhereTheBoundOfACallStoppedIt() {
        for (int i = 0; i < 10; i++) {
            after(i < 5 ? 3 : 4, "timer" + i);
        }
        clock.advanceMillis(100);

        List<Integer> done = new ArrayList<>();
        for (int turn = 0; turn < 4; turn++) {
            done.add(wheel.expire(clock.nanoTime(), 3));
        }

        assertEquals(List.of(3, 3, 3, 1), done);
        assertEquals(IntStream.range(0, 10).mapToObj(i -> "timer" + i).toList(), fired);
    }

    @Test
    void hasWorkNowWhileTheBoundHoldsItBack() {
        after(3, "first");
        after(3, "second");
        clock.advanceMillis(100);

        wheel.expire(clock.nanoTime(), 1);

        assertEquals(0, wheel.millisToNext(clock.nanoTime()));
    }

    @Test
    void keepsTheOrderWhenTheBoundFallsInsideACascade() {
        startAt(0);
        for (int i = 0; i < 10; i++) {
            after(100, "timer" + i);
        }
        clock.advanceMillis(64);
        wheel.expire(clock.nanoTime(), 4); // Six timers of the slot have not moved down yet.
        clock.advanceMillis(30);
        after(6, "added meanwhile");

        expireAfterMillis(6);

        List<String> expected = new ArrayList<>(
                IntStream.range(0, 10).mapToObj(i -> "timer" + i).toList());
        expected.add("added meanwhile");
        assertEquals(expected, fired);
    }

    @Test
    void firesAnEarlierTimerFirstWhenItIsAddedInsideACascade() {
        startAt(0);
        for (int i = 0; i < 10; i++) {
            after(100, "timer" + i);
        }
        clock.advanceMillis(64);
        wheel.expire(clock.nanoTime(), 4);
        after(1, "soon");
        after(YEAR_MILLIS, "in a year");

        expireAfterMillis(1);
        assertEquals(List.of("soon"), fired);

        expireAfterMillis(35);
        assertEquals(11, fired.size());
        assertEquals(1, wheel.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 5, 9})
    void losesNothingWhenATimerOfACascadingSlotIsCancelled(int cancelled) {
        startAt(0);
        List<Timer> timers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            timers.add(after(5_000 + i, "timer" + i));
        }
        List<String> expected = new ArrayList<>(
                IntStream.range(0, 10).mapToObj(i -> "timer" + i).toList());
        expected.remove(cancelled);
        clock.advanceMillis(4_096 + 896);
        wheel.expire(clock.nanoTime(), 4);

        timers.get(cancelled).cancel();
        expireAfterMillis(100);

        assertEquals(expected, fired);
    }

    @Test
    void survivesTheCancellingOfAllTimersOfACascadingSlot() {
        startAt(0);
        List<Timer> timers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            timers.add(after(5_000, "timer" + i));
        }
        after(6_000, "later");
        clock.advanceMillis(4_992);
        wheel.expire(clock.nanoTime(), 4);

        timers.forEach(Timer::cancel);
        expireAfterMillis(YEAR_MILLIS);

        assertEquals(List.of("later"), fired);
        assertEquals(-1, wheel.millisToNext(clock.nanoTime()));
    }

    @Test
    void countsADelayFromThePlacing() {
        loop.schedule(10 * TICK_NANOS, () -> fired.add("due"));
        expireAfterMillis(5);

        wheel.place(clock.nanoTime());
        expireAfterNanos(10 * TICK_NANOS - 1);
        assertEquals(List.of(), fired);

        expireAfterNanos(1);
        assertEquals(List.of("due"), fired);
    }

    @Test
    void countsADelayFromTheFirstPlacingOnly() {
        schedule(10 * TICK_NANOS, () -> fired.add("due"));
        clock.advanceMillis(5);
        wheel.place(clock.nanoTime());

        expireAfterMillis(5);

        assertEquals(List.of("due"), fired);
    }

    @Test
    void tellsTheWholeDelayUntilThePlacing() {
        Timer timer = loop.schedule(10 * TICK_NANOS + 1, () -> {});
        clock.advanceMillis(5);
        assertEquals(11, timer.remainingMillis());

        wheel.place(clock.nanoTime());
        clock.advanceMillis(3);
        assertEquals(8, timer.remainingMillis());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void leavesTheOthersWhenOneIsCancelledBeforeThePlacing(int cancelled) {
        List<Timer> timers = new ArrayList<>();
        List<String> expected = new ArrayList<>(List.of("head", "middle", "last"));
        expected.forEach(name -> timers.add(loop.schedule(TICK_NANOS, () -> fired.add(name))));
        expected.remove(cancelled);

        assertTrue(timers.get(cancelled).cancel());
        assertEquals(TimerWheel.UNLINKED, timers.get(cancelled).slot);
        assertEquals(2, wheel.size());
        wheel.place(clock.nanoTime());
        expireAfterMillis(2);

        assertEquals(expected, fired);
    }

    @Test
    void firesOneTickInTheOrderOfAddingWhenAnotherThreadMadeSome() {
        TimerGroup group = new TimerGroup(Runnable::run, new Inbox(loop), wheel);
        loop.schedule(10 * TICK_NANOS, () -> fired.add("first"));
        loop.newTimer(10 * TICK_NANOS, () -> fired.add("joined")).join(group);
        loop.schedule(10 * TICK_NANOS, () -> fired.add("last"));
        wheel.place(clock.nanoTime());

        expireAfterMillis(11);

        assertEquals(List.of("first", "joined", "last"), fired);
    }

    @Test
    void countsADelayOfAnotherThreadFromTheCall() {
        TimerGroup group = new TimerGroup(Runnable::run, new Inbox(loop), wheel);
        Timer timer = loop.newTimer(10 * TICK_NANOS, () -> fired.add("due"));
        clock.advanceMillis(4);
        timer.join(group);
        wheel.place(clock.nanoTime());

        expireAfterMillis(6);

        assertEquals(List.of("due"), fired);
    }

    @Test
    void cancelsWhatIsNotPlacedYetWithItsGroup() {
        TimerGroup group = new TimerGroup(Runnable::run, new Inbox(loop), wheel);
        Timer placed = loop.schedule(group, TICK_NANOS, () -> fired.add("placed"));
        wheel.place(clock.nanoTime());
        Timer fresh = loop.schedule(group, TICK_NANOS, () -> fired.add("fresh"));

        group.cancelAll();
        wheel.place(clock.nanoTime());
        expireAfterMillis(2);

        assertTrue(placed.isDone() && fresh.isDone());
        assertEquals(List.of(), fired);
        assertEquals(0, wheel.size());
    }

    @Test
    void readsNoClockToAddAndCancelATimer() {
        int[] reads = {0};
        EventLoop counted = new EventLoop("counted", () -> reads[0]++, new RecordingMultiplexer());
        counted.runOnce(0);
        int before = reads[0];

        assertTrue(counted.schedule(TICK_NANOS, () -> {}).cancel());

        assertEquals(before, reads[0]);
    }

    @Test
    void fitsAnyScheduleToASortedReference() {
        for (long seed = 1; seed <= 150; seed++) {
            new Schedule(seed).run(400);
        }
    }

    @Test
    void neverSleepsBeyondTheNextTimer() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            startAt(random.nextLong());
            long dueNanos = clock.nanoTime() + randomDelay(random);
            schedule(dueNanos - clock.nanoTime(), () -> fired.add("due"));

            int turns = 0;
            for (long wait; (wait = wheel.millisToNext(clock.nanoTime())) >= 0; turns++) {
                assertTrue(turns < 50, "turns without end in round " + round + " of seed 7");
                expireAfterMillis(wait);
            }

            assertEquals(List.of("due"), fired, "round " + round + " of seed 7");
            long lateNanos = clock.nanoTime() - dueNanos;
            assertTrue(lateNanos >= 0 && lateNanos < 2 * TICK_NANOS, "late by " + lateNanos + " in round " + round);
        }
    }

    @Test
    void takesNoMoreThanAHundredBytesForEachOfAMillionTimers() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Timer[] timers = new Timer[MILLION];
        Random random = new Random(11);

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < MILLION; i++) {
            int number = i;
            timers[i] = loop.newTimer(randomDelay(random), () -> timers[number] = null);
            wheel.add(timers[i]);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertEquals(MILLION, wheel.size());
        assertTrue(bytes <= 100L * MILLION, bytes / MILLION + " bytes each, with the call of each");
    }

    @Test
    void touchesOnlyWhatIsDueWhileAMillionArePending() {
        for (int i = 0; i < MILLION; i++) {
            schedule((3_600_000L + i) * TICK_NANOS, () -> {});
        }
        for (int i = 0; i < 10; i++) {
            after(i + 1, "due");
        }

        int touched = 0;
        for (int turn = 0; turn < 60; turn++) {
            clock.advanceMillis(1);
            touched += wheel.expire(clock.nanoTime(), UNBOUNDED);
        }

        assertEquals(10, fired.size());
        assertEquals(10, touched);
    }

    @Test
    void movesATimerOncePerLevelAtMost() {
        startAt(0);
        for (int i = 0; i < 100_000; i++) {
            schedule((1L + i * 167L) * TICK_NANOS, () -> fired.add("due"));
        }

        int touched = 0;
        while (wheel.size() > 0) {
            clock.advanceMillis(50_000);
            touched += wheel.expire(clock.nanoTime(), UNBOUNDED);
        }

        assertEquals(100_000, fired.size());
        assertTrue(touched <= 100_000 * 5, touched + " for 100,000 timers within five levels");
    }

    private void startAt(long originNanos) {
        clock = new ManualClock(originNanos);
        loop = ownedLoop(clock);
        wheel = loop.timers();
        fired.clear();
    }

    private static EventLoop ownedLoop(ManualClock clock) {
        EventLoop loop = new EventLoop("test", clock, new RecordingMultiplexer());
        loop.runOnce(clock.nanoTime());
        return loop;
    }

    private Timer after(long delayMillis, String name) {
        return after(delayMillis, name, () -> {});
    }

    private Timer after(long delayMillis, String name, Runnable action) {
        return schedule(MILLISECONDS.toNanos(delayMillis), () -> {
            fired.add(name);
            action.run();
        });
    }

    /** Adds a timer in a turn that ends at once. */
    private Timer schedule(long delayNanos, Runnable call) {
        Timer timer = loop.schedule(delayNanos, call);
        wheel.place(clock.nanoTime());
        return timer;
    }

    private void expireAfterMillis(long millis) {
        wheel.expire(clock.advanceMillis(millis), UNBOUNDED);
    }

    private void expireAfterNanos(long nanos) {
        wheel.expire(clock.advanceNanos(nanos), UNBOUNDED);
    }

    /** From nothing to decades, each magnitude as likely as another. */
    private static long randomDelay(Random random) {
        return random.nextLong() >>> (2 + random.nextInt(62));
    }

    /** Adds, cancels and lets time pass at random, beside a priority queue that says what must fire and in what order. */
    private final class Schedule {
        private record Expected(long tick, int number) implements Comparable<Expected> {
            @Override
            public int compareTo(Expected other) {
                return tick != other.tick ? Long.compare(tick, other.tick) : Integer.compare(number, other.number);
            }
        }

        private record Fresh(int number, long delayNanos) {}

        /** The clock of a long of nanoseconds ends after 292 years; this is half of it. */
        private static final long MOST_ELAPSED_NANOS = 1L << 62;

        private final long seed;
        private final Random random;
        private final PriorityQueue<Expected> reference = new PriorityQueue<>();
        private final List<Expected> pending = new ArrayList<>();
        private final List<Fresh> fresh = new ArrayList<>();
        private final List<Timer> timers = new ArrayList<>();
        private final Deque<Integer> ran = new ArrayDeque<>();
        private int ops;
        private long elapsedNanos;

        Schedule(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            startAt(random.nextLong());
        }

        void run(int steps) {
            for (ops = 0; ops < steps; ops++) {
                int choice = random.nextInt(10);
                if (choice < 5) {
                    add();
                } else if (choice < 7) {
                    cancel();
                } else {
                    letTimePass();
                }
            }
            place();
            advance(MOST_ELAPSED_NANOS);
            while (reference.peek() != null && reference.peek().tick <= nowTick()) {
                expire(UNBOUNDED);
            }
        }

        private long nowTick() {
            return elapsedNanos / TICK_NANOS;
        }

        private void add() {
            int copies = random.nextInt(8) == 0 ? 20 : 1;
            long delay = random.nextInt(10) == 0 ? 0 : randomDelay(random);
            for (int i = 0; i < copies; i++) {
                int number = timers.size();
                timers.add(loop.schedule(delay, () -> ran.add(number)));
                fresh.add(new Fresh(number, delay));
            }
        }

        private void place() {
            wheel.place(clock.nanoTime());
            for (Fresh each : fresh) {
                Expected expected = new Expected(wheel.dueTick(clock.nanoTime(), each.delayNanos), each.number);
                reference.add(expected);
                pending.add(expected);
            }
            fresh.clear();
        }

        private void cancel() {
            if (!fresh.isEmpty() && random.nextBoolean()) {
                Fresh victim = fresh.remove(random.nextInt(fresh.size()));
                assertTrue(timers.get(victim.number).cancel(), this::where);
            } else if (!pending.isEmpty()) {
                cancelPlaced();
            }
        }

        private void cancelPlaced() {
            Expected victim = pending.get(random.nextInt(pending.size()));
            assertEquals(reference.remove(victim), timers.get(victim.number).cancel(), this::where);
            pending.remove(victim);
        }

        private void letTimePass() {
            if (random.nextBoolean()) {
                place();
            }
            if (random.nextBoolean()) {
                advance(randomDelay(random) >>> 8); // Years would soon use up the clock.
            } else if (!reference.isEmpty()) {
                advance((reference.peek().tick - nowTick()) * TICK_NANOS);
            }
            expire(random.nextBoolean() ? UNBOUNDED : 1 + random.nextInt(10));
        }

        private void advance(long nanos) {
            long by = Math.max(0, Math.min(nanos, MOST_ELAPSED_NANOS - elapsedNanos));
            elapsedNanos += by;
            clock.advanceNanos(by);
        }

        private void expire(int budget) {
            int touched = wheel.expire(clock.nanoTime(), budget);
            assertTrue(touched <= budget, this::where);
            while (!ran.isEmpty()) {
                Expected next = reference.poll();
                assertEquals(next == null ? -1 : next.number, ran.remove(), this::where);
                assertTrue(next != null && next.tick <= nowTick(), this::where);
                pending.remove(next);
            }
            if (touched < budget && !reference.isEmpty()) {
                assertTrue(reference.peek().tick > nowTick(), this::where);
            }
            assertEquals(reference.size() + fresh.size(), wheel.size(), this::where);
        }

        private String where() {
            return "seed " + seed + ", step " + ops;
        }
    }

    @Test
    void keepsEqualTimersInOrderOverRandomCascades() {
        for (int seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            startAt(0);
            long dueMillis = 5_000L + random.nextInt(300_000);
            List<Integer> order = new ArrayList<>();
            int count = 0;
            while (clock.nanoTime() < dueMillis * TICK_NANOS) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    int number = count++;
                    schedule(dueMillis * TICK_NANOS - clock.nanoTime(), () -> order.add(number));
                }
                wheel.expire(clock.nanoTime(), 1 + random.nextInt(3));
                clock.advanceMillis(Math.min(1 + random.nextInt(5_000), dueMillis - clock.nanoTime() / TICK_NANOS));
            }
            wheel.expire(clock.nanoTime(), UNBOUNDED);

            List<Integer> sorted = new ArrayList<>(order);
            Collections.sort(sorted);
            assertEquals(sorted, order, "seed " + seed);
            assertEquals(count, order.size(), "seed " + seed);
        }
    }
}
