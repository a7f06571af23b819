package org.tonyreactor.benchmarks.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One figure of each server, ours in the colour of ours. */
final class BarChart {
    private static final double LEFT = 130;
    private static final double RIGHT = 660;
    private static final double TOP = 44;
    private static final double STEP = 26;
    private static final double THICKNESS = 17;

    private final String title;
    private final Map<String, Double> bars = new LinkedHashMap<>();

    BarChart(String title) {
        this.title = title;
    }

    void add(String server, double value) {
        bars.put(server, value);
    }

    /** A figure alone compares nothing. */
    boolean isEmpty() {
        return bars.size() < 2;
    }

    String svg(String unit) {
        double bottom = TOP + STEP * bars.size();
        Svg svg = new Svg(title, (int) bottom + 46);
        // A figure below zero, as the growth of memory can be, has no bar but its number.
        Axis along = Axis.linear(unit, values());
        for (double tick : along.ticks()) {
            double x = along.position(tick, LEFT, RIGHT);
            svg.line("grid", x, TOP, x, bottom);
            svg.label(Axis.text(tick), "middle", x, bottom + 16);
        }
        svg.label(unit, "middle", (LEFT + RIGHT) / 2, bottom + 36);
        double y = TOP + (STEP - THICKNESS) / 2;
        for (Map.Entry<String, Double> bar : bars.entrySet()) {
            double end = along.position(Math.max(0, bar.getValue()), LEFT, RIGHT);
            svg.label(bar.getKey(), "end", LEFT - 8, y + 13);
            svg.bar(bar.getKey().equals(Servers.OURS) ? "f0" : "f1", LEFT, y, end - LEFT, THICKNESS);
            svg.label(text(bar.getValue()), "", end + 6, y + 13);
            y += STEP;
        }
        return svg.toString();
    }

    private List<Double> values() {
        List<Double> values = new ArrayList<>(bars.values());
        values.replaceAll(value -> Math.max(0, value));
        return values;
    }

    private static String text(double value) {
        return Axis.text(Math.abs(value) >= 100 ? Math.rint(value) : value);
    }
}
