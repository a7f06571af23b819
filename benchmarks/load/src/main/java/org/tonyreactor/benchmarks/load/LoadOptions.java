package org.tonyreactor.benchmarks.load;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What is asked of the generator.
 *
 * @param port the server's, on the loopback address
 * @param work what is said, and when
 * @param connections how many are open at the same time
 * @param sizeBytes of a message
 * @param depth messages under way on each connection, for {@link Kind#ECHO}
 * @param messagesPerSecond over all connections, for {@link Kind#RATE}
 * @param warmupNanos before anything is measured
 * @param windowNanos what is measured
 * @param patienceNanos bounds each wait for the server outside of it
 */
record LoadOptions(
        int port,
        Kind work,
        int connections,
        int sizeBytes,
        int depth,
        int messagesPerSecond,
        long warmupNanos,
        long windowNanos,
        long patienceNanos) {
    static final String USAGE = """
            usage: java -jar load.jar --port N [--name value ...]
                   java -jar load.jar    reads such options from standard input: each line is a run
              --work echo       echo:  each connection has DEPTH messages under way, always
                                rate:  RATE messages a second over all connections, whether or not the server keeps up
                                churn: each connection is made, echoes one message, is closed, and made again
                                idle:  each connection echoes one message and is held until standard input ends
              --connections 50  open at the same time
              --size 64         bytes of a message
              --depth 1         of echo
              --rate 20000      of rate
              --warmup 2        seconds before anything is measured; fractions are allowed
              --seconds 5       measured
              --patience 10     seconds that the server has to accept, to answer what is under way at the end, and to close""";

    private static final double NANOS_PER_SECOND = 1e9;

    /** The kinds of work. */
    enum Kind {
        ECHO,
        RATE,
        CHURN,
        IDLE
    }

    static LoadOptions of(String... args) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].startsWith("--") || i + 1 == args.length) {
                throw new IllegalArgumentException("no name with a value: " + args[i]);
            }
            values.put(args[i].substring(2), args[i + 1]);
        }
        LoadOptions options = new LoadOptions(
                number(values, "port", 0, 65_535),
                Kind.valueOf(value(values, "work", "echo").toUpperCase(Locale.ROOT)),
                number(values, "connections", 50, 1_000_000),
                number(values, "size", 64, Payload.LONGEST_MESSAGE_BYTES),
                number(values, "depth", 1, 1_024),
                number(values, "rate", 20_000, 10_000_000),
                nanos(values, "warmup", "2"),
                nanos(values, "seconds", "5"),
                nanos(values, "patience", "10"));
        if (!values.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + values.keySet());
        }
        return options;
    }

    private static int number(Map<String, String> values, String name, int otherwise, int most) {
        int number = Integer.parseInt(value(values, name, Integer.toString(otherwise)));
        if (number < 1 || number > most) {
            throw new IllegalArgumentException("--" + name + " " + number + " is not between 1 and " + most);
        }
        return number;
    }

    private static long nanos(Map<String, String> values, String name, String otherwise) {
        double seconds = Double.parseDouble(value(values, name, otherwise));
        if (!(seconds >= 0 && seconds <= 86_400)) {
            throw new IllegalArgumentException("--" + name + " " + seconds + " is not between 0 and 86400");
        }
        return (long) (seconds * NANOS_PER_SECOND);
    }

    private static String value(Map<String, String> values, String name, String otherwise) {
        String value = values.remove(name);
        return value == null ? otherwise : value;
    }
}
