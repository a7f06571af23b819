package org.tonyreactor.benchmarks.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is made of the kernel's files and of what commands print. */
final class KernelFilesTest {
    private static final Processors BEFORE = Processors.parse("cpu  100 10 200 5000 50 5 20 7 0 0");

    @Test
    void cpuTimeOfAThreadIsTheFirstFieldOfItsLine() {
        assertEquals(1_234_567, ThreadTimes.running("1234567 890 12"));
    }

    @Test
    void threadThatIsNewInBetweenCountsFromItsBeginningAndOneThatHasEndedDoesNotCount() {
        var before = new ThreadTimes(Map.of("41", 1_000_000_000L, "42", 5_000_000_000L));
        var after = new ThreadTimes(Map.of("41", 1_500_000_000L, "43", 250_000_000L));

        assertEquals(0.75, after.secondsSince(before), 1e-9);
    }

    @Test
    void residentMemoryIsTheLineOfThatName() {
        List<String> lines = List.of("0000-ffff ---p 00000000 00:00 0 [rollup]", "Rss:    2048 kB", "Pss:    1024 kB");

        assertEquals(2_097_152, ProcFile.residentBytes(lines));
    }

    @Test
    void waitingForDisksAndStolenTimeAreNotBusy() {
        assertEquals(3.35, BEFORE.busySeconds(), 1e-9);
        assertEquals(0.07, BEFORE.stolenSeconds(), 1e-9);
    }

    @Test
    void noiseIsWhatIsStolenAndWhatIsBusyBesideServerAndGenerator() {
        Processors after = Processors.parse("cpu  250 10 350 5100 50 5 40 17 0 0");

        // Busy for 3.2 s, of which 3.0 s are our own; 0.1 s stolen; in 2 s.
        assertEquals(0.15, after.noiseSince(BEFORE, 3.0, 2), 1e-9);
    }

    @Test
    void noiseIsNotNegativeWhenTheKernelCountsInSteps() {
        Processors after = Processors.parse("cpu  250 10 350 5100 50 5 40 7 0 0");

        assertEquals(0, after.noiseSince(BEFORE, 3.21, 2), 1e-9);
    }

    @Test
    void cpuPerMessageIsTheServersTimeBetweenTheEndsOfTheWindow() {
        var begin = new LoadSitting.Moment(running(10), new Processors(100, 1));
        var end = new LoadSitting.Moment(running(12), new Processors(103.8, 1));

        Map<String, Double> figures = LoadSitting.figures(
                begin, end, Map.of("messages", 250_000.0, "seconds", 2.0, "cpu.seconds", 1.8, "rate", 125_000.0));

        assertEquals(8.0, figures.get(Metric.CPU));
        assertEquals(1.0, figures.get(Metric.SERVER_SHARE));
        assertEquals(0.9, figures.get(Metric.GENERATOR_SHARE));
        assertEquals(0.0, figures.get(Metric.NOISY));
        assertEquals(125_000.0, figures.get(Metric.RATE));
    }

    @Test
    void measurementWithMuchNoiseIsMarked() {
        var begin = new LoadSitting.Moment(running(10), new Processors(100, 1));
        var end = new LoadSitting.Moment(running(12), new Processors(103.8, 1.07));

        Map<String, Double> figures =
                LoadSitting.figures(begin, end, Map.of("messages", 250_000.0, "seconds", 2.0, "cpu.seconds", 1.8));

        assertEquals(1.0, figures.get(Metric.NOISY));
    }

    @Test
    void windowWithoutAMessageIsAFailureAndNoFigure() {
        var moment = new LoadSitting.Moment(running(10), new Processors(100, 1));

        assertThrows(
                MeasuringFailure.class,
                () -> LoadSitting.figures(moment, moment, Map.of("messages", 0.0, "seconds", 2.0)));
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

        assertEquals(678_901, IdleMeasurement.liveHeapBytes(histogram));
        assertThrows(MeasuringFailure.class, () -> IdleMeasurement.liveHeapBytes(List.of("no such process")));
    }

    @Test
    void systemCallsAreTheTotalOfTheTable() {
        List<String> table = List.of(
                "% time     seconds  usecs/call     calls    errors syscall",
                " 60.00    0.600000           6    100000           write",
                "------ ----------- ----------- --------- --------- ----------------",
                "100.00    1.000000           5    200012        34 total");

        assertEquals(200_012, CallsMeasurement.calls(table));
    }

    @Test
    void ownProcessHasTakenTimeAndMemory() throws Exception {
        long pid = ProcessHandle.current().pid();

        assertTrue(ThreadTimes.of(pid).secondsSince(new ThreadTimes(Map.of())) > 0);
        assertTrue(ProcFile.residentBytes(pid) > 1_000_000);
    }

    private static ThreadTimes running(long seconds) {
        return new ThreadTimes(Map.of("1", TimeUnit.SECONDS.toNanos(seconds)));
    }
}
