package org.tonyreactor.internal.engine.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankTest {
    @Test
    void putsTheHigherRankingFirstAndThenTheLowerServiceId() {
        Rank winner = new Rank(10, 99, 1);
        Rank second = new Rank(0, 3, 2);
        Rank third = new Rank(0, 7, 1);
        Rank last = new Rank(-5, 1, 1);

        List<Rank> sorted = new ArrayList<>(List.of(third, last, winner, second));
        Collections.sort(sorted);

        assertEquals(List.of(winner, second, third, last), sorted);
    }

    @Test
    void comparesExtremeRankingsWithoutOverflow() {
        Rank highest = new Rank(Integer.MAX_VALUE, 1, 1);
        Rank lowest = new Rank(Integer.MIN_VALUE, 1, 1);

        assertEquals(-1, Integer.signum(highest.compareTo(lowest)));
        assertEquals(1, Integer.signum(lowest.compareTo(highest)));
    }
}
