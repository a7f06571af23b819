package org.tonyreactor.benchmarks.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BarChartTest {
    private final BarChart chart = new BarChart("memory");

    @Test
    void axisBeginsAtZeroAndEndsAtARoundNumber() {
        chart.add("tonyreactor", 30);
        chart.add("nio", 137);

        String svg = chart.svg();

        for (String tick : new String[] {">0<", ">50<", ">100<", ">150<"}) {
            assertTrue(svg.contains(tick), svg);
        }
        assertEquals(4, svg.split("<line", -1).length - 1, svg);
    }

    @Test
    void ticksAreFewAndRound() {
        assertEquals(50, BarChart.tick(137), 1e-9);
        assertEquals(0.2, BarChart.tick(1), 1e-9);
        assertEquals(2_000, BarChart.tick(10_000), 1e-9);
    }

    @Test
    void axisOfNothingButZeroIsAnAxisStill() {
        chart.add("tonyreactor", 0);
        chart.add("nio", 0);

        assertFalse(chart.svg().contains("NaN"), chart.svg());
    }

    @Test
    void barBelowZeroHasItsNumberOnly() {
        chart.add("tonyreactor", -3);
        chart.add("nio", 1_000);

        String svg = chart.svg();

        assertTrue(svg.contains(">-3<"), svg);
        assertFalse(svg.contains("width=\"-"), svg);
    }

    @Test
    void barsAreAsLongAsTheirFigures() {
        chart.add("tonyreactor", 100);
        chart.add("nio", 50);

        String svg = chart.svg();

        assertTrue(svg.contains("<rect class=\"ours\" x=\"130.0\" y=\"48.5\" width=\"530.0\""), svg);
        assertTrue(svg.contains("<rect class=\"other\" x=\"130.0\" y=\"74.5\" width=\"265.0\""), svg);
    }
}
