package org.tonyreactor.benchmarks.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Curves of servers over something that grows. */
final class LineChart {
    private static final int HEIGHT = 386;
    private static final double LEFT = 80;
    private static final double RIGHT = 600;
    private static final double TOP = 60;
    private static final double BOTTOM = 328;
    private static final double LEGEND = 632;

    private final String title;
    private final Map<String, SortedMap<Double, Double>> curves = new LinkedHashMap<>();

    LineChart(String title) {
        this.title = title;
    }

    /** Adds a point of a server's curve. */
    void add(String server, double x, double y) {
        curves.computeIfAbsent(server, name -> new TreeMap<>()).put(x, y);
    }

    boolean isEmpty() {
        return curves.values().stream().allMatch(curve -> curve.size() < 2);
    }

    List<Double> xs() {
        return curves.values().stream()
                .flatMap(curve -> curve.keySet().stream())
                .toList();
    }

    List<Double> ys() {
        return curves.values().stream()
                .flatMap(curve -> curve.values().stream())
                .toList();
    }

    String svg(Axis across, Axis up) {
        Svg svg = new Svg(title, HEIGHT);
        for (double tick : up.ticks()) {
            double y = up.position(tick, BOTTOM, TOP);
            svg.line("grid", LEFT, y, RIGHT, y);
            svg.label(Axis.text(tick), "end", LEFT - 8, y + 4);
        }
        for (double tick : across.ticks()) {
            double x = across.position(tick, LEFT, RIGHT);
            svg.line("axis", x, BOTTOM, x, BOTTOM + 5);
            svg.label(Axis.text(tick), "middle", x, BOTTOM + 20);
        }
        svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
        svg.label(across.title(), "middle", (LEFT + RIGHT) / 2, BOTTOM + 44);
        svg.label(up.title(), "", LEFT, TOP - 8);
        curves(svg, across, up);
        return svg.toString();
    }

    private void curves(Svg svg, Axis across, Axis up) {
        double legendY = TOP + 10;
        for (Map.Entry<String, SortedMap<Double, Double>> curve : curves.entrySet()) {
            int colour = Servers.DRAWN.indexOf(curve.getKey());
            List<String> points = new ArrayList<>();
            curve.getValue()
                    .forEach((x, y) ->
                            points.add(Svg.point(across.position(x, LEFT, RIGHT), up.position(y, BOTTOM, TOP))));
            svg.path("line c" + colour, points);
            curve.getValue()
                    .forEach((x, y) -> svg.mark(colour, across.position(x, LEFT, RIGHT), up.position(y, BOTTOM, TOP)));
            svg.mark(colour, LEGEND, legendY - 4);
            svg.label(curve.getKey(), "", LEGEND + 14, legendY);
            legendY += 22;
        }
    }
}
