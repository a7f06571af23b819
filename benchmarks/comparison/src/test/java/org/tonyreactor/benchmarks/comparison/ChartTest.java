package org.tonyreactor.benchmarks.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChartTest {
    @Test
    void linearAxisBeginsAtZeroAndEndsAtARoundNumber() {
        assertEquals(
                List.of(0.0, 50.0, 100.0, 150.0),
                Axis.linear("", List.of(30.0, 137.0)).ticks());
    }

    @Test
    void linearAxisOfNothingButZeroIsAnAxisStill() {
        Axis axis = Axis.linear("", List.of(0.0));

        assertTrue(axis.max() > 0 && axis.position(0, 10, 20) == 10, axis::toString);
    }

    @Test
    void logarithmicAxisHasRoundNumbersAroundAllValues() {
        assertEquals(
                List.of(20.0, 50.0, 100.0, 200.0, 500.0),
                Axis.logarithmic("", List.of(30.0, 410.0)).ticks());
        assertEquals(List.of(100.0, 200.0), Axis.logarithmic("", List.of(100.0)).ticks());
    }

    @Test
    void equalFactorsAreEqualDistancesOnALogarithmicAxis() {
        Axis axis = Axis.points("", List.of(10.0, 100.0, 1_000.0));

        assertEquals(50, axis.position(10, 50, 250), 1e-9);
        assertEquals(150, axis.position(100, 50, 250), 1e-9);
        assertEquals(250, axis.position(1_000, 50, 250), 1e-9);
    }

    @Test
    void curveGoesThroughMediansInOrderAndHasItsMarks() {
        FixedRounds rounds = new FixedRounds();
        rounds.with("17", "tonyreactor", "connections-1000", Metric.RATE, 50_000, 60_000, 10_000)
                .with("17", "tonyreactor", "connections-10", Metric.RATE, 100_000)
                .with("17", "tonyreactor", "connections-100", Metric.RATE, 100_000);

        Map<String, String> pictures = new Charts(rounds.samples(), "17").all();

        assertEquals(List.of("connections-throughput.svg"), List.copyOf(pictures.keySet()));
        String svg = pictures.get("connections-throughput.svg");
        assertTrue(svg.contains("<polyline class=\"line c0\" points=\"80.0,60.0 340.0,60.0 600.0,194.0\"/>"), svg);
        assertEquals(3 + 1, svg.split("<path class=\"f0\"", -1).length - 1, "three points and the legend: " + svg);
    }

    @Test
    void pointAloneIsNoCurve() {
        FixedRounds rounds = new FixedRounds().with("17", "nio", "connections-10", Metric.RATE, 100_000);

        assertTrue(new Charts(rounds.samples(), "17").all().isEmpty());
    }

    @Test
    void barBelowZeroHasItsNumberOnly() {
        BarChart chart = new BarChart("memory");
        chart.add("tonyreactor", -3);
        chart.add("nio", 1_000);

        String svg = chart.svg("bytes");

        assertTrue(svg.contains(">-3<"), svg);
        assertFalse(svg.contains("width=\"-"), svg);
    }
}
