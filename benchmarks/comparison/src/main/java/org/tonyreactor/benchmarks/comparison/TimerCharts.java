package org.tonyreactor.benchmarks.comparison;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The pictures of timers, ours beside those of others, on all JDKs that the figures of single parts have. What was not
 * measured has no picture, and a figure that is not above zero has no mark.
 */
final class TimerCharts {
    private static final List<Named> HOSTS = List.of(
            new Named("wheel", "this wheel"),
            new Named("nettyLoop", "Netty's event loop"),
            new Named("nettyWheel", "Netty's wheel"),
            new Named("executor", "JDK's executor"));

    private static final List<Named> TIMES = List.of(
            new Named("TimerCancel.%sInTurn pending=0", "add, cancel"),
            new Named("TimerCancel.%sInTurn pending=1000000", "add, cancel, with others"),
            new Named("TimerCancel.%sNextTurn pending=0", "add, turn, cancel"),
            new Named("TimerCancel.%sNextTurn pending=1000000", "add, turn, cancel, with others"),
            new Named("TimerFire.%s pending=0", "add, fire"),
            new Named("TimerFire.%s pending=1000000", "add, fire, with others"));

    private static final List<Named> BYTES = List.of(new Named("TimerBytes.%s", "pending timer"));

    private static final int LEAST_CELLS = 3;

    private final Map<String, Double> scores = new HashMap<>();
    private final SortedSet<String> jdks = new TreeSet<>();

    /**
     * Of the figures of single parts.
     *
     * @param csv lines that begin with a benchmark's name, the JDK and the score
     */
    TimerCharts(List<String> csv) {
        for (String line : csv) {
            String[] cells = line.split(",", -1);
            if (cells.length >= LEAST_CELLS && cells[0].startsWith("Timer")) {
                jdks.add(cells[1]);
                scores.put(key(cells[0], cells[1]), Double.valueOf(cells[2]));
            }
        }
    }

    /** By the names of their files, in the order of the report. */
    Map<String, String> all() {
        Map<String, String> pictures = new LinkedHashMap<>();
        DotChart times = chart("A timer alone, and with 1,000,000 others pending", TIMES);
        if (!times.isEmpty()) {
            pictures.put("timers.svg", times.svg(Axis.logarithmic("ns", times.values())));
        }
        DotChart bytes = chart("Memory of a pending timer", BYTES);
        if (!bytes.isEmpty()) {
            pictures.put("timer-bytes.svg", bytes.svg(Axis.linear("bytes", bytes.values())));
        }
        return pictures;
    }

    private DotChart chart(String title, List<Named> works) {
        DotChart chart = new DotChart(title, HOSTS.stream().map(Named::title).toList());
        for (Named work : works) {
            for (String jdk : jdks) {
                for (Named host : HOSTS) {
                    double score = scores.getOrDefault(key(String.format(work.name, host.name), jdk), Double.NaN);
                    if (score > 0) {
                        chart.add(work.title, "JDK " + jdk, host.title, score);
                    }
                }
            }
        }
        return chart;
    }

    private static String key(String benchmark, String jdk) {
        return benchmark + "," + jdk;
    }

    /**
     * What has a name in the figures and another in a picture.
     *
     * @param name of a benchmark without who keeps the timers, or of who keeps them
     */
    private record Named(String name, String title) {}
}
