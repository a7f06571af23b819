package org.tonyreactor.benchmarks.comparison;

import java.util.List;

/**
 * One figure: a line of {@code rounds.csv}.
 *
 * @param round from 1 on
 * @param jdk the version, or {@link #NO_JDK} for a server that needs none
 * @param server its name
 * @param work its name
 * @param metric its name, see {@link Metric}
 * @param value in the unit of the metric
 */
record Sample(int round, String jdk, String server, String work, String metric, double value) {
    static final String HEADER = "round,jdk,server,work,metric,value";
    static final String NO_JDK = "-";
    private static final int COLUMNS = 6;

    static Sample parse(String line) {
        List<String> cells = List.of(line.split(",", -1));
        if (cells.size() != COLUMNS) {
            throw new IllegalArgumentException("not " + HEADER + ": " + line);
        }
        return new Sample(
                Integer.parseInt(cells.get(0)),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                cells.get(4),
                Double.parseDouble(cells.get(5)));
    }

    String line() {
        return String.join(",", Integer.toString(round), jdk, server, work, metric, Double.toString(value));
    }
}
