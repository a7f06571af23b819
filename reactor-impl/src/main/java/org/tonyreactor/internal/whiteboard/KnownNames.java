package org.tonyreactor.internal.whiteboard;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The known names: one of them is proposed in place of an unknown name.
 *
 * @param names all known names
 */
record KnownNames(List<String> names) {
    KnownNames(Collection<String> names) {
        this(List.copyOf(names));
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** The known name that takes the fewest changes of a letter; the first of several. */
    String nearest(String name) {
        return names.stream()
                .min(Comparator.comparingInt(known -> distance(known, name)))
                .orElse("");
    }

    /** The Levenshtein distance: how many letters are to be inserted, removed or replaced. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
