package org.tonyreactor.benchmarks.update;

import java.util.Map;
import java.util.TreeMap;

/**
 * Figures by name, as the server answers them.
 *
 * @param all name to figure
 */
record Figures(Map<String, Long> all) {
    /** From an answer's words of the form {@code name=value}. */
    static Figures parse(String answer) {
        Map<String, Long> figures = new TreeMap<>();
        for (String word : answer.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                figures.put(word.substring(0, equals), Long.valueOf(word.substring(equals + 1)));
            }
        }
        return new Figures(figures);
    }

    /** A figure that must be there. */
    long get(String name) {
        Long figure = all.get(name);
        if (figure == null) {
            throw new IllegalStateException("no " + name + " among " + all);
        }
        return figure;
    }

    /** How often something was told; 0 for what never was. */
    long count(String name) {
        return all.getOrDefault(name, 0L);
    }
}
