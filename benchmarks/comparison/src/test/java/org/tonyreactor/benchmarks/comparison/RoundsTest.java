package org.tonyreactor.benchmarks.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;

/** The order of rounds, repeats and failures, with measurements that only say what they would have. */
final class RoundsTest {
    private static final Jdk OLD = new Jdk("17", Path.of("/17"), "");
    private static final Jdk NEW = new Jdk("25", Path.of("/25"), "");
    private static final Candidate C = new Named("c-epoll", Optional.empty());
    private static final List<Candidate> CANDIDATES =
            List.of(named("nio", OLD), named("nio", NEW), C, named("mina", OLD), named("mina", NEW));

    @TempDir
    Path folder;

    private final List<String> measured = new ArrayList<>();
    private final List<String> prepared = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Deque<Double> noise = new ArrayDeque<>();
    private int failures;

    @Test
    void everyServerIsMeasuredOnceInEachRoundAndInAnOrderOfTheSeed() throws Exception {
        run("--works", "echo-50", "--sessions", "1", "--rounds", "4", "--seed", "1");
        List<String> first = List.copyOf(measured);
        measured.clear();
        run("--works", "echo-50", "--sessions", "1", "--rounds", "4", "--seed", "2");

        for (int round = 0; round < 4; round++) {
            assertEquals(
                    List.of("c-epoll -", "mina 17", "mina 25", "nio 17", "nio 25"),
                    first.subList(5 * round, 5 * round + 5).stream().sorted().toList());
        }
        assertNotEquals(first.subList(0, 5), first.subList(5, 10));
        assertNotEquals(first, measured);
    }

    @Test
    void serversAreStartedAnewForEachSessionAndAllAreReadyBeforeTheFirstIsMeasured() throws Exception {
        Samples samples = run("--works", "echo-50", "--sessions", "2", "--rounds", "3");

        List<String> session = new ArrayList<>(List.of("begin"));
        session.addAll(Collections.nCopies(5, "prepare"));
        session.addAll(Collections.nCopies(3 * 5, "measure"));
        session.add("end");
        assertEquals(Stream.concat(session.stream(), session.stream()).toList(), events);
        assertEquals(Set.of("c-epoll -", "mina 17", "mina 25", "nio 17", "nio 25"), Set.copyOf(prepared.subList(0, 5)));
        assertEquals(Set.copyOf(prepared), Set.copyOf(prepared.subList(5, 10)));
        assertEquals(6, samples.figure("17", "nio", "echo-50", Metric.RATE).count());
    }

    @Test
    void serverThatNeedsNoJavaBelongsToEveryJdk() throws Exception {
        Samples samples = run("--works", "echo-50", "--rounds", "1");

        assertEquals(List.of("c-epoll", "nio", "mina"), samples.servers("17", "echo-50", Metric.RATE));
        assertEquals(List.of("c-epoll", "nio", "mina"), samples.servers("25", "echo-50", Metric.RATE));
    }

    @Test
    void leastNoisyOfTheRepeatsCountsAndNotTheFastest() throws Exception {
        noise.addAll(List.of(0.5, 0.1, 0.3));

        Samples samples = runOneRound("2");

        assertEquals(3, measured.size());
        assertEquals(
                0.1, samples.figure("17", "c-epoll", "echo-50", Metric.NOISE).median());
        assertEquals(
                2, samples.figure("17", "c-epoll", "echo-50", Metric.REPEATS).median());
        assertEquals(1, samples.count(Metric.NOISY));
    }

    @Test
    void quietMeasurementIsNotRepeated() throws Exception {
        noise.addAll(List.of(0.5, 0.01));

        Samples samples = runOneRound("9");

        assertEquals(2, measured.size());
        assertEquals(0, samples.count(Metric.NOISY));
    }

    @Test
    void failureOfOneServerIsKeptAndTheOthersGoOn() throws Exception {
        Candidate broken = named("broken", OLD);
        Candidate gone = named("gone", OLD);

        Samples samples = run(List.of(broken, gone, C), "--works", "echo-50", "--sessions", "2", "--rounds", "1");

        assertEquals(4, failures);
        assertEquals(4, samples.count(Metric.FAILED));
        assertEquals(2, samples.figure("17", "c-epoll", "echo-50", Metric.RATE).count());
        assertTrue(String.valueOf(samples.facts().get("failure")).contains("broken, echo-50, round 1: lied"));
    }

    @Test
    void whatTakesAMomentIsMeasuredFiveTimesAtLeast() throws Exception {
        Samples samples = run("--works", "start", "--rounds", "1");

        assertEquals(5, samples.figure("17", "nio", "start", Metric.RATE).count());
    }

    /** One round of one server, repeated so often at most. */
    private Samples runOneRound(String repeats) throws Exception {
        List<Candidate> one = List.of(C);
        return run(one, "--works", "echo-50", "--sessions", "1", "--rounds", "1", "--repeats", repeats);
    }

    private Samples run(String... args) throws Exception {
        return run(CANDIDATES, args);
    }

    private Samples run(List<Candidate> candidates, String... args) throws Exception {
        Path csv = folder.resolve("rounds.csv");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (Samples.File file = new Samples.File(csv, Map.of())) {
            failures = new Rounds(Options.of(args), candidates, work -> new NotedSession(), nowhere).run(file);
        }
        return Samples.read(csv);
    }

    private Map<String, Double> measure(Candidate candidate) throws IOException {
        measured.add(candidate.name() + " " + candidate.label());
        events.add("measure");
        if (candidate.name().equals("broken")) {
            throw new MeasuringFailure("lied");
        }
        if (candidate.name().equals("gone")) {
            throw new IOException("/proc/1234/stat");
        }
        double present = noise.isEmpty() ? 0 : noise.remove();
        Map<String, Double> figures = new HashMap<>();
        // The noisier, the faster here.
        figures.put(Metric.RATE, 1_000 + present);
        figures.put(Metric.NOISE, present);
        figures.put(Metric.NOISY, present > LoadSession.NOISE_BOUND_PROCESSORS ? 1.0 : 0.0);
        return figures;
    }

    private final class NotedSession implements Session {
        NotedSession() {
            events.add("begin");
        }

        @Override
        public void prepare(Candidate server) {
            events.add("prepare");
            prepared.add(server.name() + " " + server.label());
        }

        @Override
        public Map<String, Double> measure(Candidate server) throws IOException {
            return RoundsTest.this.measure(server);
        }

        @Override
        public void close() {
            events.add("end");
        }
    }

    private static Candidate named(String name, Jdk jdk) {
        return new Named(name, Optional.of(jdk));
    }

    private record Named(String name, Optional<Jdk> jdk) implements Candidate {
        @Override
        public Server start(Work work, Path folder) {
            throw new UnsupportedOperationException("only measurements start it");
        }
    }
}
