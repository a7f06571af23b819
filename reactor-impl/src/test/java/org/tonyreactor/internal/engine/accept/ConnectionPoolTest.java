package org.tonyreactor.internal.engine.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.AttemptFixture;
import org.tonyreactor.internal.engine.connection.Connection;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.connection.Worker;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.loop.Owner;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;
import org.tonyreactor.internal.engine.wire.nio.NioPair;
import org.tonyreactor.reactor.EndpointSettings;

class ConnectionPoolTest {
    private final EventLoop loop = new EventLoop("test", new ManualClock(), NioPair.multiplexer());
    private final FactoryBinding binding = new FactoryBinding(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, null, 1);
    private final ConnectionPool pool = new ConnectionPool(Owner.ANYONE, 4, 0);
    private NioPair loopback;
    private Worker worker;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    ConnectionPoolTest() {}

    @BeforeEach
    void open() throws IOException {
        loopback = NioPair.open();
        worker = new Worker(0, loop, new NioNetwork(), new RefusedPeers(), loopback.workerWire());
    }

    @AfterEach
    void close() throws IOException {
        loopback.close();
    }

    @Test
    void growsByDoubling() {
        List<Integer> capacities = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            acquire();
            capacities.add(pool.capacity());
        }

        assertEquals(List.of(4, 4, 4, 4, 8, 8, 8, 8, 16, 16, 16, 16, 16, 16, 16, 16, 32), capacities);
        assertEquals(17, pool.used());
    }

    @Test
    void givesEachSlotAnIndexOfItsOwn() {
        Set<Integer> indices = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            indices.add(acquire().index);
        }

        assertEquals(100, indices.size());
        assertTrue(indices.stream().allMatch(index -> index >= 0 && index < pool.capacity()));
    }

    @Test
    void neverMovesASlot() {
        Map<Integer, Connection> slots = new HashMap<>();
        for (Connection slot : acquire(100)) {
            slots.put(slot.index, slot);
        }
        slots.values().forEach(pool::recycle);

        for (Connection slot : acquire(100)) {
            assertSame(slots.get(slot.index), slot);
        }
    }

    @Test
    void prefersTheLowestSegmentWithAFreeSlot() {
        Map<Integer, Connection> slots = new HashMap<>();
        acquire(16).forEach(slot -> slots.put(slot.index, slot));
        for (int index : new int[] {2, 12, 5}) {
            pool.recycle(slot(slots, index));
        }

        List<Integer> taken = acquire(3).stream().map(slot -> slot.index).toList();

        assertEquals(List.of(2, 5, 12), taken);
    }

    @Test
    void shrinksToItsInitialSizeWhenNothingIsUsed() {
        List<Connection> slots = acquire(100);
        slots.forEach(pool::recycle);

        pool.shrink();

        assertEquals(4, pool.capacity());
        assertEquals(0, pool.used());
    }

    @Test
    void keepsASegmentInWhichOneSlotIsUsed() {
        List<Connection> slots = acquire(16);
        Connection last = slots.remove(15);
        slots.forEach(pool::recycle);

        pool.shrink();
        assertEquals(16, pool.capacity());

        pool.recycle(last);
        pool.shrink();
        assertEquals(4, pool.capacity());
    }

    @Test
    void doesNotShrinkToWhatIsMoreThanHalfTaken() {
        List<Connection> slots = acquire(9);
        slots.subList(5, 9).forEach(pool::recycle);

        pool.shrink();
        assertEquals(16, pool.capacity(), "5 of 8 would be taken");

        pool.recycle(slots.get(4));
        pool.shrink();
        assertEquals(8, pool.capacity());
    }

    @Test
    void servesAgainAfterShrinking() {
        acquire(16).forEach(pool::recycle);
        pool.shrink();

        assertEquals(16, new HashSet<>(acquire(16)).size());
        assertEquals(16, pool.capacity());
    }

    @Test
    void givesNothingAtItsBound() {
        pool.setMaxSize(5);
        List<Connection> slots = acquire(5);

        assertNull(pool.acquire());

        pool.recycle(slots.get(0));
        assertNotNull(pool.acquire());
        assertNull(pool.acquire());
    }

    @Test
    void givesNothingUntilItIsBelowALoweredBound() {
        List<Connection> slots = acquire(5);
        pool.setMaxSize(2);

        slots.subList(0, 3).forEach(pool::recycle);
        assertNull(pool.acquire());

        pool.recycle(slots.get(3));
        assertNotNull(pool.acquire());
    }

    @Test
    void isOpenedByTheTokenOfAReleasedLease() {
        Connection slot = lease();
        release(slot);

        assertSame(slot, pool.leased(slot.index, slot.generation()));
        assertEquals(0, pool.ignoredTokens());
    }

    @Test
    void hasAnotherGenerationForEachLease() {
        Set<Integer> generations = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Connection slot = lease();
            generations.add(slot.generation());
            pool.recycle(slot);
        }

        assertEquals(50, generations.size());
    }

    @Test
    void ignoresATokenOfASlotThatIsStillServing() {
        Connection slot = lease();

        assertIgnored(slot.index, slot.generation());
    }

    @Test
    void ignoresATokenThatComesTwice() {
        Connection slot = lease();
        release(slot);
        int generation = slot.generation();
        pool.recycle(slot);

        assertIgnored(slot.index, generation);
    }

    @Test
    void ignoresATokenOfAnEarlierLease() {
        Connection slot = lease();
        release(slot);
        int earlier = slot.generation();
        pool.recycle(slot);
        assertSame(slot, lease());

        assertIgnored(slot.index, earlier);
        release(slot);
        assertIgnored(slot.index, earlier);
    }

    @Test
    void ignoresTheGenerationOfAnotherSlot() {
        Connection one = lease();
        Connection other = lease();
        release(one);
        release(other);

        assertIgnored(one.index, other.generation());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 4, 5, 1_000_000, Integer.MAX_VALUE})
    void ignoresAnIndexThatItDoesNotHave(int index) {
        Connection slot = lease();
        release(slot);

        assertIgnored(index, slot.generation());
    }

    @Test
    void ignoresATokenOfASlotThatWasNeverLeased() {
        assertIgnored(3, 0);
        assertIgnored(0, 0);
    }

    @Test
    void ignoresWhateverIsForgedAtRandom() {
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            release(lease());
        }

        int opened = 0;
        for (int i = 0; i < 100_000; i++) {
            int generation = random.nextInt();
            if (generation < 0 || generation > 3) { // The real ones are 1 to 3.
                opened += pool.leased(random.nextInt(8) - 2, generation) == null ? 0 : 1;
            }
        }

        assertEquals(0, opened, "seed " + seed);
    }

    private void assertIgnored(int index, int generation) {
        long before = pool.ignoredTokens();
        assertNull(pool.leased(index, generation));
        assertEquals(before + 1, pool.ignoredTokens());
    }

    private static Connection slot(Map<Integer, Connection> slots, int index) {
        Connection slot = slots.get(index);
        if (slot == null) {
            throw new AssertionError("no slot " + index);
        }
        return slot;
    }

    private List<Connection> acquire(int count) {
        List<Connection> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(acquire());
        }
        return slots;
    }

    private Connection acquire() {
        Connection slot = pool.acquire();
        if (slot == null) {
            throw new AssertionError("no slot at " + pool.used() + " of " + pool.capacity());
        }
        return slot;
    }

    /** Leases a slot for a connection to nowhere. */
    private Connection lease() {
        Connection slot = acquire();
        slot.assign(1, binding, 0);
        slot.assign(AttemptFixture.toNowhere(peer -> null));
        return slot;
    }

    /** Lets the worker adopt and release it. */
    private void release(Connection slot) {
        loop.runOnce(0);
        worker.onAdopt(slot);
        loop.runOnce(0);
    }
}
