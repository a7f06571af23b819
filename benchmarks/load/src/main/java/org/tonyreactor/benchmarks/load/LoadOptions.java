package org.tonyreactor.benchmarks.load;

import org.tonyreactor.benchmarks.harness.Tool;
import picocli.CommandLine.Option;

/** What is asked of the generator. */
final class LoadOptions {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MOST_SECONDS = 86_400;

    /** The kinds of work. */
    enum Kind {
        ECHO,
        RATE,
        CHURN,
        IDLE
    }

    @Option(names = "--port", description = "of the server, on the loopback address")
    int port;

    @Option(
            names = "--work",
            defaultValue = "echo",
            description = {
                "echo (default): each connection has DEPTH messages under way, always",
                "rate: RATE messages a second over all connections, whether or not the server keeps up",
                "churn: each connection is made, echoes one message, is closed, and made again",
                "idle: each connection echoes one message and is held until standard input ends"
            })
    Kind work = Kind.ECHO;

    @Option(names = "--connections", defaultValue = "50", description = "open at the same time (default 50)")
    int connections;

    @Option(names = "--size", defaultValue = "64", description = "bytes of a message (default 64)")
    int sizeBytes;

    @Option(names = "--depth", defaultValue = "1", description = "of echo: messages under way (default 1)")
    int depth;

    @Option(names = "--rate", defaultValue = "20000", description = "of rate: messages a second (default 20000)")
    int messagesPerSecond;

    @Option(names = "--warmup", defaultValue = "2", description = "seconds before anything is measured (default 2)")
    double warmupSeconds;

    @Option(names = "--seconds", defaultValue = "5", description = "seconds that are measured (default 5)")
    double windowSeconds;

    @Option(
            names = "--patience",
            defaultValue = "10",
            description = "seconds that the server has to accept, to answer at the end, and to close (default 10)")
    double patienceSeconds;

    static LoadOptions of(String... args) {
        return Tool.options(new LoadOptions(), args).checked();
    }

    LoadOptions checked() {
        Tool.check(this, "--port", port, 1, 65_535);
        Tool.check(this, "--connections", connections, 1, 1_000_000);
        Tool.check(this, "--size", sizeBytes, 1, Payload.LONGEST_MESSAGE_BYTES);
        Tool.check(this, "--depth", depth, 1, 1_024);
        Tool.check(this, "--rate", messagesPerSecond, 1, 10_000_000);
        Tool.check(this, "--warmup", warmupSeconds, 0, MOST_SECONDS);
        Tool.check(this, "--seconds", windowSeconds, 0, MOST_SECONDS);
        Tool.check(this, "--patience", patienceSeconds, 0, MOST_SECONDS);
        return this;
    }

    static long nanos(double seconds) {
        return (long) (seconds * NANOS_PER_SECOND);
    }
}
