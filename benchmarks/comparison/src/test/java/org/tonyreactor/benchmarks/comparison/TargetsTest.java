package org.tonyreactor.benchmarks.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TargetsTest {
    private final FixedRounds rounds = new FixedRounds();

    @Test
    void throughputAtItsBoundIsMet() {
        rounds.with("17", "tonyreactor", "echo-50", Metric.RATE, 95, 95, 95)
                .with("-", "c-epoll", "echo-50", Metric.RATE, 100, 100, 100);

        assertEquals(
                "0.95 (0.95–0.95) met",
                target("64 B, 50 connections", "throughput, C epoll").text());
    }

    @Test
    void figureIsJudgedAsItIsPrinted() {
        rounds.with("17", "tonyreactor", "calls", Metric.CALLS, 2.024)
                .with("-", "c-epoll", "calls", Metric.CALLS, 2.02);
        assertEquals(
                "1.00 met",
                target("64 B, 50 connections", "system calls per message, C epoll")
                        .text());

        rounds.with("17", "tonyreactor", "calls", Metric.CALLS, 2.04);
        assertEquals(
                "1.01 **missed**",
                target("64 B, 50 connections", "system calls per message, C epoll")
                        .text());
    }

    @Test
    void cpuAboveItsBoundIsMissed() {
        rounds.with("17", "tonyreactor", "echo-50", Metric.CPU, 11).with("-", "c-epoll", "echo-50", Metric.CPU, 10);

        assertEquals(
                "1.10 **missed**",
                target("64 B, 50 connections", "CPU per message, C epoll").text());
    }

    @Test
    void roundsOnBothSidesOfTheBoundAreTold() {
        rounds.with("17", "tonyreactor", "echo-50", Metric.RATE, 90, 96, 97)
                .with("-", "c-epoll", "echo-50", Metric.RATE, 100, 100, 100);

        assertEquals(
                "0.96 (0.90–0.97) met ±",
                target("64 B, 50 connections", "throughput, C epoll").text());
    }

    @Test
    void whatHasNoFigureIsNeitherMetNorMissed() {
        List<Target> all = new Targets(rounds.samples(), "17").all();

        assertTrue(all.stream().allMatch(target -> target.text().equals("not measured")));
    }

    @Test
    void otherJdkDoesNotCount() {
        rounds.with("25", "tonyreactor", "echo-50", Metric.RATE, 95).with("-", "c-epoll", "echo-50", Metric.RATE, 100);

        assertEquals(
                "not measured",
                target("64 B, 50 connections", "throughput, C epoll").text());
    }

    @Test
    void bestPeerIsAnotherInEachRowAndTheWorstRowIsNamed() {
        for (String work : Targets.ROWS) {
            rounds.with("17", "tonyreactor", work, Metric.RATE, 110)
                    .with("17", "netty-nio", work, Metric.RATE, 100)
                    .with("17", "mina", work, Metric.RATE, work.equals("churn-50") ? 220 : 50);
        }

        Target worst = target("all of the above, the worst row", "throughput, the best peer");
        Target mean = target("all of the above, the geometric mean", "throughput, the best peer");

        assertEquals("0.50 **missed**, mina, connect, echo, close, 50 in parallel", worst.text());
        assertEquals(
                Math.pow(Math.pow(1.1, Targets.ROWS.size() - 1) * 0.5, 1.0 / Targets.ROWS.size()),
                mean.measured().median(),
                1e-9);
    }

    @Test
    void meanOfSomeRowsIsNoMeanOfAll() {
        rounds.with("17", "tonyreactor", "echo-50", Metric.RATE, 110)
                .with("17", "netty-nio", "echo-50", Metric.RATE, 100);

        assertEquals(
                "not measured",
                target("all of the above, the geometric mean", "throughput, the best peer")
                        .text());
    }

    @Test
    void bestPeerOfMemoryIsTheOneThatTakesLeast() {
        rounds.with("17", "tonyreactor", "idle-10000", Metric.RSS, 900)
                .with("17", "mina", "idle-10000", Metric.RSS, 1_000)
                .with("17", "netty-nio", "idle-10000", Metric.RSS, 2_000)
                // On other ground than NIO.
                .with("17", "netty-epoll", "idle-10000", Metric.RSS, 100);

        assertEquals(
                "0.90 met, mina",
                target("10,000 idle connections", "resident memory, the best NIO peer")
                        .text());
    }

    @Test
    void gainOfASecondWorkerIsSetAgainstThatOfCEpoll() {
        rounds.with("17", "tonyreactor", "free-1", Metric.RATE, 100)
                .with("17", "tonyreactor", "free-2", Metric.RATE, 120)
                .with("-", "c-epoll", "free-1", Metric.RATE, 200)
                .with("-", "c-epoll", "free-2", Metric.RATE, 300);

        assertEquals(
                "0.80 **missed**",
                target("two workers on two cores, not pinned", "gain over one worker, C epoll")
                        .text());
    }

    @Test
    void oneIntervalOfThePollIsTakenOffFromDropToEcho() {
        rounds.with("17", "tonyreactor", "deploy", Metric.MILLIS, 500, 540, 560);

        assertEquals(
                "290 (250–310) met ±",
                target("bundle dropped to first echo", "ms beyond the poll interval of 250")
                        .text());
    }

    @Test
    void shellIsToldInMilliseconds() {
        rounds.with("17", "tonyreactor", "shell", Metric.MILLIS, 30, 40, 60);

        assertEquals(
                "40.00 (30.00–60.00) met ±",
                target("bundle installed in the shell to first echo", "ms").text());
    }

    private Target target(String work, String against) {
        return new Targets(rounds.samples(), "17")
                .all().stream()
                        .filter(target ->
                                target.work().equals(work) && target.against().equals(against))
                        .findFirst()
                        .orElseThrow();
    }
}
