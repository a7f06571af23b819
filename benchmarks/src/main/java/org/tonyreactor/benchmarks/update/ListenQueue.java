package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The kernel's counters of connections that a full queue of a listener cost, as {@code nstat} prints them. They are of the
 * whole machine.
 *
 * @param overflows TcpExtListenOverflows
 * @param drops TcpExtListenDrops
 */
record ListenQueue(long overflows, long drops) {
    private static final Path NETSTAT = Path.of("/proc/net/netstat");

    static ListenQueue read() throws IOException {
        List<String> lines = Files.readAllLines(NETSTAT);
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            if (lines.get(i).startsWith("TcpExt:")) {
                List<String> names = List.of(lines.get(i).split(" ", -1));
                String[] values = lines.get(i + 1).split(" ", -1);
                return new ListenQueue(
                        Long.parseLong(values[names.indexOf("ListenOverflows")]),
                        Long.parseLong(values[names.indexOf("ListenDrops")]));
            }
        }
        throw new IOException("no TcpExt in " + NETSTAT);
    }

    ListenQueue since(ListenQueue before) {
        return new ListenQueue(overflows - before.overflows, drops - before.drops);
    }
}
