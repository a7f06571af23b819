package org.tonyreactor.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The processor time, user and system, that each thread of a process has taken so far. The kernel keeps it in nanoseconds,
 * while that of the whole process is told in steps of 10 ms, which is much of a short window.
 *
 * @param nanos by the numbers of the threads
 */
record ThreadTimes(Map<String, Long> nanos) {
    private static final double NANOS_PER_SECOND = 1e9;

    static ThreadTimes of(long pid) throws IOException {
        Map<String, Long> nanos = new HashMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : (Iterable<Path>) threads::iterator) {
                try (BufferedReader file = Files.newBufferedReader(thread.resolve("schedstat"))) {
                    nanos.put(thread.getFileName().toString(), running(file.readLine()));
                } catch (NoSuchFileException e) {
                    // It has ended meanwhile.
                }
            }
        }
        if (nanos.isEmpty()) {
            throw new MeasuringFailure("process " + pid + " has no thread with a schedstat: it has ended,"
                    + " or the kernel does not keep it (CONFIG_SCHED_INFO)");
        }
        return new ThreadTimes(nanos);
    }

    /** From the first field of the line, such as {@code 1234567 890 12}. */
    static long running(String schedstat) {
        return Long.parseLong(List.of(schedstat.split(" ", -1)).get(0));
    }

    /** Of all threads together. What a thread took that has ended in between is not in it. */
    double secondsSince(ThreadTimes before) {
        return nanos.entrySet().stream()
                        .mapToLong(thread -> thread.getValue() - before.nanos.getOrDefault(thread.getKey(), 0L))
                        .sum()
                / NANOS_PER_SECOND;
    }
}
