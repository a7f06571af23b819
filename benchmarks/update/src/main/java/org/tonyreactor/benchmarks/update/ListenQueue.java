package org.tonyreactor.benchmarks.update;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernel's counters of connections that a full queue of a listener cost.
 *
 * @param overflows TcpExtListenOverflows as {@code nstat} prints it, of all listeners of the machine
 * @param drops TcpExtListenDrops, likewise
 * @param ownDrops drops of the server's own listener as {@code ss -m} prints them; 0 where there is no {@code ss}
 */
record ListenQueue(long overflows, long drops, long ownDrops) {
    private static final Path NETSTAT = Path.of("/proc/net/netstat");
    private static final Pattern DROPS = Pattern.compile("skmem:\\(.*,d(\\d+)\\)");

    static ListenQueue read(int port) throws IOException {
        List<String> lines = Files.readAllLines(NETSTAT);
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            if (lines.get(i).startsWith("TcpExt:")) {
                List<String> names = List.of(lines.get(i).split(" ", -1));
                String[] values = lines.get(i + 1).split(" ", -1);
                return new ListenQueue(
                        Long.parseLong(values[names.indexOf("ListenOverflows")]),
                        Long.parseLong(values[names.indexOf("ListenDrops")]),
                        ownDrops(port));
            }
        }
        throw new IOException("no TcpExt in " + NETSTAT);
    }

    ListenQueue since(ListenQueue before) {
        return new ListenQueue(overflows - before.overflows, drops - before.drops, ownDrops - before.ownDrops);
    }

    private static long ownDrops(int port) {
        ProcessBuilder ss = new ProcessBuilder("ss", "-Hltnm", "sport = :" + port).redirectErrorStream(true);
        try {
            Process process = ss.start();
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                return lines.lines()
                        .map(DROPS::matcher)
                        .filter(Matcher::find)
                        .mapToLong(found -> Long.parseLong(found.group(1)))
                        .sum();
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            // There is no ss; the counters of the machine remain.
            return 0;
        }
    }
}
