package org.tonyreactor.benchmarks.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows of cells. */
final class MarkdownTable {
    private final List<String> lines = new ArrayList<>();

    MarkdownTable(List<String> header) {
        row(header);
        row(Collections.nCopies(header.size(), "---"));
    }

    void row(List<String> cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }
}
