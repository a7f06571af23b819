package org.tonyreactor.benchmarks.harness;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What the kernel tells of the machine and of a process: the one reader of {@code /proc}. Any thread. */
public final class Kernel {
    private static final Path PROC = Path.of("/proc");
    private static final Pattern DROPS = Pattern.compile("skmem:\\([^)]*,d(\\d+)\\)");
    private static final long KIBIBYTE = 1_024;
    private static final double NANOS_PER_SECOND = 1e9;

    private Kernel() {}

    /** How many descriptors a process may have. */
    public static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    public static String processorName() throws IOException {
        return value(lines(PROC.resolve("cpuinfo")), "model name").orElse(System.getProperty("os.arch"));
    }

    public static long residentBytes(long pid) throws IOException {
        return residentBytes(lines(ofProcess(pid, "smaps_rollup")));
    }

    public static long residentBytes(List<String> smapsRollup) {
        return value(smapsRollup, "Rss")
                .map(text -> Long.parseLong(text.replaceAll("\\D", "")) * KIBIBYTE)
                .orElseThrow();
    }

    /**
     * Connections that full queues of listeners have cost so far: the overflows and all drops of the machine, and the drops
     * of the listener of one port, which are 0 where there is no {@code ss}.
     */
    public static List<Long> listenDrops(int port) throws IOException, InterruptedException {
        List<List<String>> tcp = lines(PROC.resolve("net/netstat")).stream()
                .filter(line -> line.startsWith("TcpExt:"))
                .map(line -> List.of(line.split(" ", -1)))
                .toList();
        return List.of(
                Long.valueOf(tcp.get(1).get(tcp.get(0).indexOf("ListenOverflows"))),
                Long.valueOf(tcp.get(1).get(tcp.get(0).indexOf("ListenDrops"))),
                ownDrops(port));
    }

    private static long ownDrops(int port) throws IOException, InterruptedException {
        Process ss;
        try {
            ss = new ProcessBuilder("ss", "-Hltnm", "sport = :" + port)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            // There is no ss; the counters of the machine remain.
            return 0;
        }
        String said = new String(ss.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ss.waitFor();
        return DROPS.matcher(said)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    private static Path ofProcess(long pid, String file) {
        return PROC.resolve(Long.toString(pid)).resolve(file);
    }

    private static Optional<String> value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    private static List<String> lines(Path file) throws IOException {
        // Through a buffer, for such a file says all in the first read or nothing.
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return reader.lines().toList();
        }
    }

    /**
     * What all processors of the machine have done so far.
     *
     * @param allSeconds their time
     * @param idleSeconds of this, the time with nothing to do but to wait for a disk
     * @param stolenSeconds of this, what the hypervisor gave to others while there was something to do here
     */
    public record Processors(double allSeconds, double idleSeconds, double stolenSeconds) {
        private static final double TICKS_PER_SECOND = 100;
        private static final int IDLE = 3;
        private static final int IO_WAIT = 4;
        private static final int STOLEN = 7;

        public static Processors read() throws IOException {
            return parse(lines(PROC.resolve("stat")).get(0));
        }

        /** From {@code cpu} and the ticks: user, nice, system, idle, I/O wait, interrupts, soft interrupts, stolen. */
        public static Processors parse(String line) {
            // What follows are the guests, whose time is part of user's.
            long[] ticks = Stream.of(line.split("\\s+", -1))
                    .skip(1)
                    .limit(STOLEN + 1L)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new Processors(
                    LongStream.of(ticks).sum() / TICKS_PER_SECOND,
                    (ticks[IDLE] + ticks[IO_WAIT]) / TICKS_PER_SECOND,
                    ticks[STOLEN] / TICKS_PER_SECOND);
        }

        public Processors since(Processors before) {
            return new Processors(
                    allSeconds - before.allSeconds,
                    idleSeconds - before.idleSeconds,
                    stolenSeconds - before.stolenSeconds);
        }

        /** Of a span of time: what others had, stolen or busy with something else than what is known. */
        public double othersSeconds(double ownSeconds) {
            return Math.max(0, allSeconds - idleSeconds - stolenSeconds - ownSeconds) + stolenSeconds;
        }
    }

    /**
     * The processor time, user and system, that each thread of a process has taken so far. The kernel keeps it in
     * nanoseconds, while that of the whole process is told in steps of 10 ms, which is much of a short window.
     *
     * @param nanos by the numbers of the threads
     */
    public record ThreadTimes(Map<String, Long> nanos) {
        public static ThreadTimes of(long pid) throws IOException {
            Map<String, Long> nanos = new HashMap<>();
            try (Stream<Path> threads = Files.list(ofProcess(pid, "task"))) {
                for (Path thread : (Iterable<Path>) threads::iterator) {
                    try {
                        String times = lines(thread.resolve("schedstat")).get(0);
                        nanos.put(thread.getFileName().toString(), running(times));
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
        public static long running(String schedstat) {
            return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
        }

        /** Of all threads together. What a thread took that has ended in between is not in it. */
        public double secondsSince(ThreadTimes before) {
            return nanos.entrySet().stream()
                            .mapToLong(thread -> thread.getValue() - before.nanos.getOrDefault(thread.getKey(), 0L))
                            .sum()
                    / NANOS_PER_SECOND;
        }
    }
}
