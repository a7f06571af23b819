package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicroReportTest {
    private static final String JSON = """
            [{"benchmark": "org.tonyreactor.internal.engine.TimerCancelBenchmark.wheel", "jdkVersion": "17.0.1",
              "mode": "avgt", "forks": 2, "measurementIterations": 3, "measurementTime": "500 ms",
              "params": {"pending": "0"},
              "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[10.0, 30.0], [20.0, 1000.0]]},
              "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 48.0}}},
             {"benchmark": "org.tonyreactor.internal.engine.TimerBytesBenchmark.wheel", "jdkVersion": "17.0.1",
              "mode": "ss", "forks": 2, "measurementIterations": 1, "measurementTime": "single-shot",
              "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[1.0]]},
              "secondaryMetrics": {"bytesEach": {"scoreUnit": "#", "rawData": [[48.0], [50.0]]},
                                   "gc.alloc.rate.norm": {"score": 7.0}}}]
            """;

    @Test
    void takesTheMedianOfAllIterationsOfAllForks() {
        MicroResult result = MicroResult.ofJson(JSON).get(0);

        assertEquals("TimerCancel.wheel pending=0,17.0.1,25.0,127.5,ns/op,48.0", result.toCsv());
    }

    @Test
    void takesTheCountedBytesInsteadOfTheTime() {
        MicroResult result = MicroResult.ofJson(JSON).get(1);

        assertEquals("TimerBytes.wheel,17.0.1,49.0,0.5,B,", result.toCsv());
    }

    @Test
    void tellsHowMuchWasMeasured() {
        assertEquals(
                "The last run: JDK 17.0.1, 2 benchmarks, 2 forks of 3 iterations of 500 ms;"
                        + " what it did not measure is of runs before.\n",
                MicroResult.extent(JSON));
    }

    @Test
    void readsItsOwnCsv() {
        List<MicroResult> results = MicroResult.ofJson(JSON);
        List<String> csv = List.of(
                MicroResult.HEADER, results.get(0).toCsv(), results.get(1).toCsv());

        List<String> again =
                MicroReport.parse(csv).stream().map(MicroResult::toCsv).toList();

        assertEquals(csv.subList(1, csv.size()), again);
    }

    @Test
    void freshFiguresReplaceThoseOfTheSameJdkOnly() {
        MicroResult known = figure("Echo.engine", "17", 2);
        MicroResult other = figure("Echo.engine", "25", 3);
        MicroResult fresh = figure("Echo.engine", "17", 1);

        assertEquals(List.of(fresh, other), MicroReport.merge(List.of(known, other), List.of(fresh)));
    }

    @Test
    void comparesTimersWithTheBestOfTheOthers() {
        List<MicroResult> results = List.of(
                figure("TimerFire.wheel pending=0", "17", 10),
                figure("TimerFire.nettyLoop pending=0", "17", 20),
                figure("TimerFire.nettyWheel pending=0", "17", 30),
                figure("TimerFire.executor pending=0", "17", 12),
                figure("TimerFire.executor pending=0", "25", 1));

        String report = MicroReport.markdown(results, "machine\n");

        assertTrue(
                report.contains("| TimerFire.wheel pending=0 | 17 | 10.0 ns/op | 12.0 | 1.20 | ≥ 1.3 | missed |"),
                report);
    }

    @Test
    void meetsNoTargetWhileOneOfTheOthersIsNotMeasured() {
        List<MicroResult> results = List.of(
                figure("TimerFire.wheel pending=0", "17", 10),
                figure("TimerFire.nettyLoop pending=0", "17", 20),
                figure("TimerFire.executor pending=0", "17", 40));

        String report = MicroReport.markdown(results, "machine\n");

        assertTrue(
                report.contains("| TimerFire.wheel pending=0 | 17 | 10.0 ns/op | NaN | NaN | ≥ 1.3 | not measured |"),
                report);
    }

    @Test
    void saysForEachJdkWhetherATargetIsMet() {
        List<MicroResult> results = new ArrayList<>();
        for (String jdk : List.of("17", "25")) {
            results.add(figure("TimerCancel.wheelInTurn pending=0", jdk, 10));
            results.add(figure("TimerCancel.nettyLoopInTurn pending=0", jdk, jdk.equals("17") ? 13 : 12));
            results.add(figure("TimerCancel.nettyWheelInTurn pending=0", jdk, 30));
            results.add(figure("TimerCancel.executorInTurn pending=0", jdk, 40));
            results.add(figure("TimerCancel.nettyLoopNextTurn pending=0", jdk, 1));
        }

        assertEquals("""
                part,jdk,ratio,wanted,verdict
                TimerCancel.wheelInTurn pending=0,17,1.30,≥ 1.3,met
                TimerCancel.wheelInTurn pending=0,25,1.20,≥ 1.3,missed
                """, MicroReport.verdicts(results));
    }

    private static MicroResult figure(String name, String jdk, double score) {
        return new MicroResult(name, jdk, score, 0, "ns/op", 0);
    }
}
