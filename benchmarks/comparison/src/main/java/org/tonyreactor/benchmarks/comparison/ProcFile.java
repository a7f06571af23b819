package org.tonyreactor.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel tells of a process. */
final class ProcFile {
    private static final double TICKS_PER_SECOND = 100;
    private static final long KIBIBYTE = 1_024;

    /** Of what comes behind the name: user and system time are the fields 14 and 15 of the whole line. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    private ProcFile() {}

    /** The processor time that a process has taken, its ended threads included. It grows in steps of 10 ms. */
    static double cpuSeconds(long pid) throws IOException {
        return cpuSeconds(lines(pid, "stat").get(0));
    }

    static double cpuSeconds(String stat) {
        // The name is in brackets and may have anything in it, also a bracket.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS_PER_SECOND;
    }

    static long residentBytes(long pid) throws IOException {
        return residentBytes(lines(pid, "smaps_rollup"));
    }

    static long residentBytes(List<String> smapsRollup) {
        return smapsRollup.stream()
                .filter(line -> line.startsWith("Rss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines(long pid, String file) throws IOException {
        // Through a buffer, for such a file says all in the first read or nothing.
        try (BufferedReader reader = Files.newBufferedReader(Path.of("/proc", Long.toString(pid), file))) {
            return reader.lines().toList();
        }
    }
}
