package org.tonyreactor.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What all processors of the machine did since it started.
 *
 * @param busySeconds processes and interrupts
 * @param stolenSeconds what the hypervisor gave to others while there was something to do here
 */
record Processors(double busySeconds, double stolenSeconds) {
    private static final double TICKS_PER_SECOND = 100;

    /** In the first line of the file, behind its name. */
    private static final int IDLE = 3;

    private static final int IO_WAIT = 4;
    private static final int STOLEN = 7;

    static Processors read() throws IOException {
        try (BufferedReader stat = Files.newBufferedReader(Path.of("/proc/stat"))) {
            return parse(stat.readLine());
        }
    }

    static Processors parse(String line) {
        List<Long> ticks = Stream.of(line.split("\\s+", -1))
                .skip(1)
                .limit(STOLEN + 1L)
                .map(Long::valueOf)
                .toList();
        long all = ticks.stream().flatMapToLong(LongStream::of).sum();
        long busy = all - ticks.get(IDLE) - ticks.get(IO_WAIT) - ticks.get(STOLEN);
        return new Processors(busy / TICKS_PER_SECOND, ticks.get(STOLEN) / TICKS_PER_SECOND);
    }

    /**
     * How many processors were taken by others: stolen, or busy with neither the server nor the load generator.
     *
     * @param ownSeconds what the two took meanwhile
     */
    double noiseSince(Processors before, double ownSeconds, double windowSeconds) {
        double others = Math.max(0, busySeconds - before.busySeconds - ownSeconds);
        return (others + stolenSeconds - before.stolenSeconds) / windowSeconds;
    }
}
