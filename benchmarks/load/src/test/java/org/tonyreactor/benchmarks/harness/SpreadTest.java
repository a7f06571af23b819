package org.tonyreactor.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {
    @Test
    void medianOfAnOddNumberIsTheOneInTheMiddle() {
        assertEquals(new Spread(2, 1, 9, 3), Spread.of(List.of(9.0, 1.0, 2.0)));
    }

    @Test
    void medianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertEquals(new Spread(2.5, 1, 9, 4), Spread.of(List.of(9.0, 1.0, 2.0, 3.0)));
    }

    @Test
    void nothingMeasuredIsToldFromZero() {
        assertFalse(Spread.of(List.of()).isMeasured());
        assertEquals("–", Spread.of(List.of()).text());
    }

    @Test
    void geometricMeanOfHalfAndDoubleIsOne() {
        List<Spread> spreads = List.of(Spread.of(List.of(0.5)), Spread.of(List.of(2.0)));

        assertEquals(1, Spread.geometricMean(spreads), 1e-12);
    }

    @Test
    void textHasTheSpreadOfSeveralRounds() {
        assertEquals("0.97 (0.94–1.01)", new Spread(0.971, 0.944, 1.011, 5).text());
        assertEquals("0.97", new Spread(0.971, 0.971, 0.971, 1).text());
    }
}
