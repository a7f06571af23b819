package org.tonyreactor.benchmarks.comparison;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One figure of each server, ours in the colour of ours, as a picture in text. There is no AWT in it, for headless JDKs come
 * without fonts; whoever shows the picture has some. It is legible on light and on dark.
 */
final class BarChart {
    private static final int WIDTH = 760;
    private static final double LEFT = 130;
    private static final double RIGHT = 660;
    private static final double TOP = 44;
    private static final double STEP = 26;
    private static final double THICKNESS = 17;
    private static final double MOST_TICKS = 5;
    private static final String STYLE = """
            <style>
              text { font: 12px system-ui, sans-serif; fill: #24292f }
              .title { font-size: 15px; font-weight: 600 }
              .middle { text-anchor: middle } .end { text-anchor: end }
              .paper { fill: #ffffff } .grid { stroke: #d8dee4 } .ours { fill: #d55e00 } .other { fill: #4d565f }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .paper { fill: #0d1117 } .grid { stroke: #30363d } .ours { fill: #ff8a3d } .other { fill: #c9d1d9 }
              }
            </style>
            """;

    private final String title;
    private final Map<String, Double> bars = new LinkedHashMap<>();
    private final StringBuilder svg = new StringBuilder();

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

    String svg() {
        double bottom = TOP + STEP * bars.size();
        begin((int) bottom + 30);
        double most =
                bars.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double tick = tick(most);
        double end = tick * Math.max(1, Math.ceil(most / tick));
        for (double value = 0; value <= end; value += tick) { // Ends: the end is a multiple of a tick.
            double x = LEFT + (RIGHT - LEFT) * value / end;
            element("<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", x, TOP, x, bottom);
            label(number(value), "middle", x, bottom + 16);
        }
        double y = TOP + (STEP - THICKNESS) / 2;
        for (Map.Entry<String, Double> bar : bars.entrySet()) {
            // A figure below zero, as the growth of memory can be, has no bar but its number.
            double width = (RIGHT - LEFT) * Math.max(0, bar.getValue()) / end;
            String style = bar.getKey().equals(Servers.OURS) ? "ours" : "other";
            label(bar.getKey(), "end", LEFT - 8, y + 13);
            element(
                    "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                    style, LEFT, y, width, THICKNESS);
            label(number(bar.getValue()), "", LEFT + width + 6, y + 13);
            y += STEP;
        }
        return svg + "</svg>\n";
    }

    private void begin(int height) {
        svg.setLength(0);
        element(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">",
                WIDTH, height, WIDTH, height);
        element("<title>%s</title>", escaped(title));
        svg.append(STYLE);
        element("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", WIDTH, height);
        label(title, "title", 20, 26);
    }

    /** A round step, of which few reach the greatest value. */
    static double tick(double most) {
        double least = (most > 0 ? most : 1) / MOST_TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double digit = least / power * (1 - 1e-9);
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    private void label(String words, String style, double x, double y) {
        element("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, escaped(words));
    }

    private void element(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String number(double value) {
        boolean whole = value == Math.rint(value) || Math.abs(value) >= 100;
        return String.format(Locale.ROOT, whole ? "%,.0f" : Math.abs(value) < 1 ? "%.2f" : "%.1f", value);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;");
    }
}
