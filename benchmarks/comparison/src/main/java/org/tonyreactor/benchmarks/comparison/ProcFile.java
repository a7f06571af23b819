package org.tonyreactor.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel tells of a process. */
final class ProcFile {
    private static final long KIBIBYTE = 1_024;

    private ProcFile() {}

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
