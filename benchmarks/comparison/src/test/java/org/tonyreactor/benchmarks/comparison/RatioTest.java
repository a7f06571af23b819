package org.tonyreactor.benchmarks.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RatioTest {
    @Test
    void medianOfAnOddNumberIsTheOneInTheMiddle() {
        assertEquals(new Ratio(2, 1, 9, 3), Ratio.of(List.of(9.0, 1.0, 2.0)));
    }

    @Test
    void medianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertEquals(new Ratio(2.5, 1, 9, 4), Ratio.of(List.of(9.0, 1.0, 2.0, 3.0)));
    }

    @Test
    void ratioIsTakenWithinARoundAndNotOfMedians() {
        // The third round was slow for both; the fourth has only one of them.
        var ours = new TreeMap<>(Map.of(1, 110.0, 2, 90.0, 3, 10.0, 4, 500.0));
        var reference = new TreeMap<>(Map.of(1, 100.0, 2, 100.0, 3, 5.0));

        assertEquals(new Ratio(1.1, 0.9, 2.0, 3), Ratio.of(ours, reference));
    }

    @Test
    void nothingMeasuredIsToldFromZero() {
        assertFalse(Ratio.of(List.of()).isMeasured());
        assertEquals("–", Ratio.of(List.of()).text());
    }

    @Test
    void geometricMeanOfHalfAndDoubleIsOne() {
        List<Ratio> ratios = List.of(Ratio.of(List.of(0.5)), Ratio.of(List.of(2.0)));

        assertEquals(1, Ratio.geometricMean(ratios), 1e-12);
    }

    @Test
    void textHasTheSpreadOfSeveralRounds() {
        assertEquals("0.97 (0.94–1.01)", new Ratio(0.971, 0.944, 1.011, 5).text());
        assertEquals("0.97", new Ratio(0.971, 0.971, 0.971, 1).text());
    }
}
