package org.tonyreactor.benchmarks.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of marks over one scale: who is where in each of several things, so that one picture shows them all. */
final class DotChart {
    private static final double LEFT = 300;
    private static final double RIGHT = 590;
    private static final double LEGEND = 618;
    private static final double TOP = 44;
    private static final double STEP = 24;
    /** Between rows of which the second is of another thing. */
    private static final double GAP = 8;

    private final String title;
    private final List<String> names;
    private final List<Row> rows = new ArrayList<>();

    /**
     * A chart without rows.
     *
     * @param names of the marks, the first of them ours
     */
    DotChart(String title, List<String> names) {
        this.title = title;
        this.names = names;
    }

    /** Adds a figure; those of one thing and one case make a row, those of one thing stand together. */
    void add(String thing, String instance, String name, double value) {
        Row row = rows.stream()
                .filter(each -> each.thing.equals(thing) && each.instance.equals(instance))
                .findFirst()
                .orElseGet(() -> newRow(thing, instance));
        row.marks.put(name, value);
    }

    private Row newRow(String thing, String instance) {
        Row row = new Row(thing, instance, new LinkedHashMap<>());
        rows.add(row);
        return row;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    List<Double> values() {
        return rows.stream().flatMap(row -> row.marks.values().stream()).toList();
    }

    String svg(Axis across) {
        double bottom = TOP + rows.size() * STEP + things() * GAP;
        Svg svg = new Svg(title, (int) Math.max(bottom + 46, TOP + names.size() * STEP));
        for (double tick : across.ticks()) {
            double x = across.position(tick, LEFT, RIGHT);
            svg.line("grid", x, TOP, x, bottom);
            svg.label(Axis.text(tick), "middle", x, bottom + 16);
        }
        svg.label(across.title(), "middle", (LEFT + RIGHT) / 2, bottom + 36);
        rows(svg, across);
        legend(svg);
        return svg.toString();
    }

    private long things() {
        return rows.stream().map(Row::thing).distinct().count();
    }

    private void rows(Svg svg, Axis across) {
        double y = TOP;
        String above = "";
        for (Row row : rows) {
            if (!row.thing.equals(above)) {
                y += GAP;
                above = row.thing;
                svg.label(row.thing, "", 20, y + 16);
            }
            svg.label(row.instance, "end", LEFT - 12, y + 16);
            svg.line("grid", LEFT, y + STEP / 2, RIGHT, y + STEP / 2);
            // Ours last, over the others.
            for (int i = names.size() - 1; i >= 0; i--) {
                Double value = row.marks.get(names.get(i));
                if (value != null) {
                    svg.mark(i, across.position(value, LEFT, RIGHT), y + STEP / 2);
                }
            }
            y += STEP;
        }
    }

    private void legend(Svg svg) {
        double y = TOP + GAP + STEP / 2;
        for (int i = 0; i < names.size(); i++) {
            svg.mark(i, LEGEND, y);
            svg.label(names.get(i), "", LEGEND + 14, y + 4);
            y += STEP;
        }
    }

    /** One line of marks: the value of each name. */
    private record Row(String thing, String instance, Map<String, Double> marks) {}
}
