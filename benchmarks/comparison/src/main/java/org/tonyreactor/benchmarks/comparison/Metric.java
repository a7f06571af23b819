package org.tonyreactor.benchmarks.comparison;

/** The names of what is measured. Those that the load generator prints are taken over under its names. */
final class Metric {
    /** Messages a second, or connections made a second where each is closed after one message. */
    static final String RATE = "rate";

    /** The server's CPU time of one message, user and system, in microseconds. */
    static final String CPU = "cpu.micros.per.message";

    /** How much of one processor the server took. */
    static final String SERVER_SHARE = "server.share";

    /** How much of one processor the load generator took. */
    static final String GENERATOR_SHARE = "generator.share";

    /** What the hypervisor and other processes took, in processors. */
    static final String NOISE = "noise.processors";

    /** 1 for a measurement whose noise is above the bound. */
    static final String NOISY = "noisy";

    /** How often a noisy measurement was made again. */
    static final String REPEATS = "repeats";

    /** 1 for a measurement that failed; there is no other figure of it then. */
    static final String FAILED = "failed";

    /** Latencies in microseconds. */
    static final String P50 = "p50";

    static final String P99 = "p99";
    static final String P999 = "p99.9";

    /** Growth of the resident memory by one idle connection, in bytes. */
    static final String RSS = "rss.bytes.per.connection";

    /** Growth of the live heap by one idle connection, in bytes. */
    static final String HEAP = "heap.bytes.per.connection";

    /** To the first echo, in milliseconds. */
    static final String MILLIS = "millis";

    private Metric() {}
}
