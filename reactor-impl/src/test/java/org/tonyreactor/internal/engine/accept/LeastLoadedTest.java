package org.tonyreactor.internal.engine.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.loop.Owner;

class LeastLoadedTest {
    private final Set<Integer> heldUp = new HashSet<>();
    private final LeastLoaded loads = new LeastLoaded(Owner.ANYONE, 3, heldUp::contains);

    @Test
    void picksTheFirstOfEquals() {
        assertEquals(List.of(0, 1, 2, 0, 1, 2, 0), picked(7));
    }

    @Test
    void picksWhoeverHasGivenBack() {
        for (int i = 0; i < 6; i++) {
            loads.pick();
        }

        loads.release(1);
        loads.release(1);

        assertEquals(0, loads.load(1));
        assertEquals(1, loads.pick());
        assertEquals(1, loads.pick());
        assertEquals(0, loads.pick());
    }

    @Test
    void picksNobodyWhoIsHeldUp() {
        heldUp.add(0);

        assertEquals(List.of(1, 2, 1, 2), picked(4));

        heldUp.clear();
        assertEquals(List.of(0, 0, 0, 1), picked(4));
    }

    @Test
    void picksTheLeastLoadedWhenAllAreHeldUp() {
        heldUp.addAll(List.of(0, 1));
        assertEquals(List.of(2), picked(1));
        heldUp.add(2);

        assertEquals(List.of(0, 1, 0), picked(3));
    }

    @Test
    void alwaysPicksOneOfTheLeast() {
        long seed = 9;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            int least = IntStream.range(0, 3).map(loads::load).min().orElseThrow();
            int picked = loads.pick();
            assertEquals(least + 1, loads.load(picked), "seed " + seed + ", round " + i);
            int back = random.nextInt(3);
            if (loads.load(back) > 0 && random.nextBoolean()) {
                loads.release(back);
            }
            assertTrue(loads.load(back) >= 0);
        }
    }

    private List<Integer> picked(int times) {
        return IntStream.range(0, times).mapToObj(i -> loads.pick()).toList();
    }
}
