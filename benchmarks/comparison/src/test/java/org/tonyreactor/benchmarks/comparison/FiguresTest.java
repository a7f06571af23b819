package org.tonyreactor.benchmarks.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tonyreactor.benchmarks.harness.Kernel.Processors;
import org.tonyreactor.benchmarks.harness.Kernel.ThreadTimes;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;

/** What is made of the counters at both ends of a window, and of what commands print. */
final class FiguresTest {
    @Test
    void cpuPerMessageIsTheServersTimeBetweenTheEndsOfTheWindow() {
        var begin = new LoadSession.Moment(running(10), new Processors(101, 0, 1));
        var end = new LoadSession.Moment(running(12), new Processors(104.8, 0, 1));

        Map<String, Double> figures = LoadSession.figures(
                begin, end, Map.of("messages", 250_000.0, "seconds", 2.0, "cpu.seconds", 1.8, "rate", 125_000.0));

        assertEquals(8.0, figures.get(Metric.CPU));
        assertEquals(1.0, figures.get(Metric.SERVER_SHARE));
        assertEquals(0.9, figures.get(Metric.GENERATOR_SHARE));
        assertEquals(0.0, figures.get(Metric.NOISY));
        assertEquals(125_000.0, figures.get(Metric.RATE));
    }

    @Test
    void measurementWithMuchNoiseIsMarked() {
        var begin = new LoadSession.Moment(running(10), new Processors(101, 0, 1));
        var end = new LoadSession.Moment(running(12), new Processors(104.87, 0, 1.07));

        Map<String, Double> figures =
                LoadSession.figures(begin, end, Map.of("messages", 250_000.0, "seconds", 2.0, "cpu.seconds", 1.8));

        assertEquals(1.0, figures.get(Metric.NOISY));
    }

    @Test
    void windowWithoutAMessageIsAFailureAndNoFigure() {
        var moment = new LoadSession.Moment(running(10), new Processors(101, 0, 1));

        assertThrows(
                MeasuringFailure.class,
                () -> LoadSession.figures(moment, moment, Map.of("messages", 0.0, "seconds", 2.0)));
    }

    @Test
    void figuresOfTheGeneratorAreItsLinesWithANameAndAValue() {
        assertEquals(
                Map.of("p99.9", 12.5, "errors", 0.0), Generator.figures(List.of("p99.9=12.5", "done", "errors=0")));
    }

    @Test
    void liveHeapIsTheLastLineOfTheHistogram() {
        List<String> histogram = List.of(
                " num     #instances         #bytes  class name (module)",
                "   1:          1000          64000  [B (java.base@17)",
                "Total         12345         678901");

        assertEquals(678_901, IdleMemory.liveHeapBytes(histogram));
        assertThrows(MeasuringFailure.class, () -> IdleMemory.liveHeapBytes(List.of("no such process")));
    }

    private static ThreadTimes running(long seconds) {
        return new ThreadTimes(Map.of("1", TimeUnit.SECONDS.toNanos(seconds)));
    }
}
