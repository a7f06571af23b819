package org.tonyreactor.benchmarks.comparison;

import java.util.List;

/**
 * What a server has to do: named as on the command line and in files, titled as in the report. The depth is how many
 * messages are in flight on each connection.
 */
record Work(String name, String title, Kind kind, int connections, int sizeBytes, int depth) {
    /** How a work is measured. */
    enum Kind {
        /** Closed loop. */
        ECHO,
        /** Connect, one message, close. */
        CHURN,
        /** Open loop at a fixed rate. */
        RATE,
        /** Memory of connections that do nothing. */
        IDLE,
        /** Process start to first echo; nothing is pinned. */
        START
    }

    /** Messages of all connections together, where they come at a fixed rate. */
    static final int RATE_PER_SECOND = 20_000;

    static final List<Work> ALL = List.of(
            new Work("echo-50", "64 B, 50 connections", Kind.ECHO, 50, 64, 1),
            new Work("echo-1000", "64 B, 1,000 connections", Kind.ECHO, 1_000, 64, 1),
            new Work("echo-5000", "64 B, 5,000 connections", Kind.ECHO, 5_000, 64, 1),
            new Work("deep-50", "64 B, 16 deep, 50 connections", Kind.ECHO, 50, 64, 16),
            new Work("deep-1000", "64 B, 16 deep, 1,000 connections", Kind.ECHO, 1_000, 64, 16),
            new Work("large-50", "16 KiB, 50 connections", Kind.ECHO, 50, 16_384, 1),
            new Work("churn-50", "connect, echo, close, 50 in parallel", Kind.CHURN, 50, 64, 1),
            new Work("rate-200", "20,000 messages/s, 200 connections", Kind.RATE, 200, 64, 1),
            new Work("idle-10000", "10,000 idle connections", Kind.IDLE, 10_000, 64, 1),
            new Work("start", "process start to first echo", Kind.START, 1, 64, 1));

    /** Those of which the server decides the rate: throughput and CPU are set against others'. */
    static final List<Work> ROWS = ALL.stream()
            .filter(work -> work.kind == Kind.ECHO || work.kind == Kind.CHURN)
            .toList();

    /** The work of this name. */
    static Work named(String name) {
        return ALL.stream()
                .filter(work -> work.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no work " + name + "; there are "
                        + String.join(", ", ALL.stream().map(Work::name).toList())));
    }

    /** The same with other connections. */
    Work of(int others) {
        return new Work(name, title, kind, others, sizeBytes, depth);
    }
}
