package org.tonyreactor.internal.engine.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.loop.Owner;

class LeastLoadedTest {
    private final LeastLoaded loads = new LeastLoaded(Owner.ANYONE, 3);

    @Test
    void picksTheFirstOfEquals() {
        List<Integer> picked = IntStream.range(0, 7).mapToObj(i -> loads.pick()).toList();

        assertEquals(List.of(0, 1, 2, 0, 1, 2, 0), picked);
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
}
