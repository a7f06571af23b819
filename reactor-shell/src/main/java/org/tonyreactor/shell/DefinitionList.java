package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.List;

/** Terms, each with its text beside it, folded into {@link Table#WIDTH} columns. */
public final class DefinitionList {
    private static final int INDENT = 2;
    private static final int NAME = 13;

    private final List<String> lines = new ArrayList<>();

    public DefinitionList add(String name, Object text) {
        String label = name;
        for (String line : TextWidth.fold(String.valueOf(text), Table.WIDTH - INDENT - NAME)) {
            String padding = " ".repeat(NAME - label.length());
            lines.add((" ".repeat(INDENT) + label + padding + line).stripTrailing());
            label = "";
        }
        return this;
    }

    public List<String> lines() {
        return lines;
    }
}
