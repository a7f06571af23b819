package org.tonyreactor.benchmarks.update;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How busy the machine's processors were, and how much of it was the proof's: a machine that others use, too, tells little
 * about time.
 *
 * @param allSeconds all processors' time, idle or not
 * @param idleSeconds of this, the idle time
 * @param ownSeconds of this, that of the driver and of the server
 */
record Processors(double allSeconds, double idleSeconds, double ownSeconds) {
    private static final Path STAT = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    /** User, nice, system, idle, I/O wait, interrupts, soft interrupts, stolen. Guests' time is part of user's. */
    private static final int COLUMNS = 8;

    static Processors read(long serverPid) throws IOException {
        try (BufferedReader stat = Files.newBufferedReader(STAT)) {
            long[] ticks = Stream.of(stat.readLine().split("\\s+", -1))
                    .skip(1)
                    .limit(COLUMNS)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new Processors(
                    LongStream.of(ticks).sum() / TICKS_PER_SECOND,
                    (ticks[IDLE] + ticks[IO_WAIT]) / TICKS_PER_SECOND,
                    seconds(ProcessHandle.current())
                            + seconds(ProcessHandle.of(serverPid).orElseThrow()));
        }
    }

    Processors since(Processors before) {
        return new Processors(
                allSeconds - before.allSeconds, idleSeconds - before.idleSeconds, ownSeconds - before.ownSeconds);
    }

    double ownPercent() {
        return 100 * ownSeconds / allSeconds;
    }

    double othersPercent() {
        return Math.max(0, 100 * (allSeconds - idleSeconds - ownSeconds) / allSeconds);
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }
}
