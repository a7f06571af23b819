package org.tonyreactor.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;

/**
 * What a server has to do.
 *
 * @param name as it is called on the command line and in files
 * @param title as it is called in the report
 * @param kind how it is measured
 * @param connections how many at the same time
 * @param sizeBytes of a message
 * @param depth messages in flight on each connection
 * @param ratePerSecond messages of all connections together, where they come at a fixed rate
 * @param workers threads of the server that read and write
 * @param pinned whether server and load generator have a processor each
 */
record Work(
        String name,
        String title,
        Kind kind,
        int connections,
        int sizeBytes,
        int depth,
        int ratePerSecond,
        int workers,
        boolean pinned) {

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

    private static final int SMALL_BYTES = 64;
    private static final int LARGE_BYTES = 16_384;

    static final List<Work> ALL = all();

    private static List<Work> all() {
        List<Work> all = new ArrayList<>(List.of(
                echo("echo-50", "64 B, 50 connections", 50),
                echo("echo-1000", "64 B, 1,000 connections", 1_000),
                echo("echo-5000", "64 B, 5,000 connections", 5_000),
                echo("deep-50", "64 B, 16 deep, 50 connections", 50).deep(16),
                echo("deep-1000", "64 B, 16 deep, 1,000 connections", 1_000).deep(16),
                echo("large-50", "16 KiB, 50 connections", 50).sized(LARGE_BYTES),
                echo("churn-50", "connect, echo, close, 50 in parallel", 50).as(Kind.CHURN),
                rate("rate-200", "20,000 messages/s, 200 connections", 200, 20_000),
                echo("idle-10000", "10,000 idle connections", 10_000).as(Kind.IDLE),
                echo("free-1", "1 worker, not pinned, 64 B, 50 connections", 50).free(1),
                echo("free-2", "2 workers, not pinned, 64 B, 50 connections", 50)
                        .free(2),
                echo("endpoints-1000", "1,000 endpoints, 64 B, 50 connections", 50)
                        .as(Kind.ENDPOINTS),
                echo("start", "process start to first echo", 1).as(Kind.START).free(1),
                echo("deploy", "bundle dropped to first echo", 1)
                        .as(Kind.DEPLOY)
                        .free(1),
                echo("shell", "bundle installed in the shell to first echo", 1)
                        .as(Kind.SHELL)
                        .free(1),
                echo("calls", "system calls, 64 B, 50 connections", 50).as(Kind.CALLS)));
        for (int connections : new int[] {10, 100, 1_000, 10_000}) {
            all.add(echo("connections-" + connections, "64 B, " + connections + " connections", connections)
                    .as(Kind.SWEEP));
        }
        for (int bytes : new int[] {16, 256, 4_096, 65_536}) {
            all.add(echo("size-" + bytes, bytes + " B, 50 connections", 50)
                    .sized(bytes)
                    .as(Kind.SWEEP));
        }
        for (int depth : new int[] {1, 4, 16, 64}) {
            all.add(echo("depth-" + depth, "64 B, " + depth + " deep, 50 connections", 50)
                    .deep(depth)
                    .as(Kind.SWEEP));
        }
        return List.copyOf(all);
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
        return new Work(name, title, Kind.ECHO, connections, SMALL_BYTES, 1, 0, 1, true);
    }

    private static Work rate(String name, String title, int connections, int ratePerSecond) {
        return new Work(name, title, Kind.RATE, connections, SMALL_BYTES, 1, ratePerSecond, 1, true);
    }

    private Work as(Kind other) {
        return new Work(name, title, other, connections, sizeBytes, depth, ratePerSecond, workers, pinned);
    }

    private Work sized(int bytes) {
        return new Work(name, title, kind, connections, bytes, depth, ratePerSecond, workers, pinned);
    }

    private Work deep(int messages) {
        return new Work(name, title, kind, connections, sizeBytes, messages, ratePerSecond, workers, pinned);
    }

    private Work free(int threads) {
        return new Work(name, title, kind, connections, sizeBytes, depth, ratePerSecond, threads, false);
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
        return new Work(name, title, kind, others, sizeBytes, depth, ratePerSecond, workers, pinned);
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
