package org.tonyreactor.benchmarks.comparison;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a server has to do.
 *
 * @param name as it is called on the command line and in files
 * @param title as it is called in the report
 * @param kind how it is measured
 * @param connections how many at the same time
 * @param sizeBytes of a message
 * @param depth messages in flight on each connection
 * @param workers threads of the server that read and write
 * @param pinned whether server and load generator have a processor each
 */
record Work(
        String name, String title, Kind kind, int connections, int sizeBytes, int depth, int workers, boolean pinned) {

    /** How a work is measured. */
    enum Kind {
        /** Closed loop. */
        ECHO,
        /** Closed loop, as a point of a plot: fewer servers and rounds. */
        SWEEP,
        /** Connect, one message, close. */
        CHURN,
        /** Open loop at a fixed rate. */
        RATE,
        /** Memory of connections that do nothing. */
        IDLE,
        /** Closed loop, with a thousand endpoints instead of one. */
        ENDPOINTS,
        /** Process start to first echo. */
        START,
        /** A bundle dropped into the folder to its first echo. */
        DEPLOY,
        /** A bundle installed in the shell to its first echo. */
        SHELL,
        /** System calls, counted by strace. */
        CALLS
    }

    /** Messages of all connections together, where they come at a fixed rate. */
    static final int RATE_PER_SECOND = 20_000;

    private static final int SMALL_BYTES = 64;
    private static final int LARGE_BYTES = 16_384;

    static final List<Work> ALL = Stream.concat(
                    Stream.of(
                            echo("echo-50", "64 B, 50 connections", 50),
                            echo("echo-1000", "64 B, 1,000 connections", 1_000),
                            echo("echo-5000", "64 B, 5,000 connections", 5_000),
                            deep("deep-50", "64 B, 16 deep, 50 connections", Kind.ECHO, 50, 16),
                            deep("deep-1000", "64 B, 16 deep, 1,000 connections", Kind.ECHO, 1_000, 16),
                            sized("large-50", "16 KiB, 50 connections", Kind.ECHO, LARGE_BYTES),
                            pinned("churn-50", "connect, echo, close, 50 in parallel", Kind.CHURN, 50),
                            pinned("rate-200", "20,000 messages/s, 200 connections", Kind.RATE, 200),
                            pinned("idle-10000", "10,000 idle connections", Kind.IDLE, 10_000),
                            free("free-1", "1 worker, not pinned, 64 B, 50 connections", Kind.ECHO, 50, 1),
                            free("free-2", "2 workers, not pinned, 64 B, 50 connections", Kind.ECHO, 50, 2),
                            pinned("endpoints-1000", "1,000 endpoints, 64 B, 50 connections", Kind.ENDPOINTS, 50),
                            free("start", "process start to first echo", Kind.START, 1, 1),
                            free("deploy", "bundle dropped to first echo", Kind.DEPLOY, 1, 1),
                            free("shell", "bundle installed in the shell to first echo", Kind.SHELL, 1, 1),
                            pinned("calls", "system calls, 64 B, 50 connections", Kind.CALLS, 50)),
                    sweeps())
            .toList();

    private static Stream<Work> sweeps() {
        return Stream.of(
                        IntStream.of(10, 100, 1_000, 10_000)
                                .mapToObj(
                                        n -> pinned("connections-" + n, "64 B, " + n + " connections", Kind.SWEEP, n)),
                        IntStream.of(16, 256, 4_096, 65_536)
                                .mapToObj(n -> sized("size-" + n, n + " B, 50 connections", Kind.SWEEP, n)),
                        IntStream.of(1, 4, 16, 64)
                                .mapToObj(n ->
                                        deep("depth-" + n, "64 B, " + n + " deep, 50 connections", Kind.SWEEP, 50, n)))
                .flatMap(each -> each);
    }

    /** The work of this name. */
    static Work named(String name) {
        return ALL.stream()
                .filter(work -> work.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no work " + name + "; there are "
                        + String.join(", ", ALL.stream().map(Work::name).toList())));
    }

    private static Work echo(String name, String title, int connections) {
        return pinned(name, title, Kind.ECHO, connections);
    }

    private static Work pinned(String name, String title, Kind kind, int connections) {
        return deep(name, title, kind, connections, 1);
    }

    private static Work deep(String name, String title, Kind kind, int connections, int depth) {
        return new Work(name, title, kind, connections, SMALL_BYTES, depth, 1, true);
    }

    private static Work sized(String name, String title, Kind kind, int sizeBytes) {
        return new Work(name, title, kind, 50, sizeBytes, 1, 1, true);
    }

    private static Work free(String name, String title, Kind kind, int connections, int workers) {
        return new Work(name, title, kind, connections, SMALL_BYTES, 1, workers, false);
    }

    /** Whether messages are counted in windows. */
    boolean isUnderLoad() {
        return switch (kind) {
            case ECHO, SWEEP, CHURN, RATE, ENDPOINTS -> true;
            case IDLE, START, DEPLOY, SHELL, CALLS -> false;
        };
    }

    /** The same with other connections. */
    Work of(int others) {
        return new Work(name, title, kind, others, sizeBytes, depth, workers, pinned);
    }

    /** The names of works of a kind, in their order. */
    static List<String> names(Kind... kinds) {
        List<Kind> wanted = List.of(kinds);
        return ALL.stream()
                .filter(work -> wanted.contains(work.kind))
                .map(Work::name)
                .toList();
    }
}
