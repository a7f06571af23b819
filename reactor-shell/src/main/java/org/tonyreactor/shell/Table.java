package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under headings, never wider than {@link #WIDTH} columns. Columns are as wide as what is in them; when that is too
 * much, the widest columns give way first, down to their heading, and what is cut ends in an ellipsis.
 */
public final class Table {
    /** What every terminal shows without breaking a line. */
    public static final int WIDTH = 80;

    private static final int GAP = 2;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** With the headings of its columns; one that begins with {@code >} is set to the right, as numbers are. */
    Table(String... headings) {
        columns = Arrays.stream(headings).map(Column::of).toList();
    }

    /** Adds a row, a cell for each column. */
    Table add(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(Arrays.stream(cells)
                .map(cell -> TextWidth.oneLine(String.valueOf(cell)))
                .toList());
        return this;
    }

    List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::heading).toList(), widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    columns.get(i).minimum(),
                    rows.stream()
                            .mapToInt(row -> TextWidth.of(row.get(column)))
                            .max()
                            .orElse(0));
        }
        while (Arrays.stream(widths).sum() + GAP * (widths.length - 1) > WIDTH) {
            widths[widest(widths)]--;
        }
        return widths;
    }

    /** The column that is furthest above its minimum. */
    private int widest(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean canGive = widths[i] > columns.get(i).minimum();
            if (canGive && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        if (widest < 0) {
            throw new IllegalStateException("the headings alone are wider than " + WIDTH + " columns: " + columns);
        }
        return widest;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = TextWidth.cut(cells.get(i), widths[i]);
            String padding = " ".repeat(widths[i] - TextWidth.of(cell));
            line.append(i == 0 ? "" : " ".repeat(GAP));
            line.append(columns.get(i).right() ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private record Column(String heading, boolean right) {
        static Column of(String heading) {
            return heading.startsWith(">") ? new Column(heading.substring(1), true) : new Column(heading, false);
        }

        int minimum() {
            return heading.length();
        }
    }
}
