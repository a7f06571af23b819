package org.tonyreactor.shell.why;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that was found out.
 *
 * @param cause a word for programs
 * @param because the cause in one sentence
 * @param remedy what to do; empty when there is nothing to do, or when the cause says it
 * @param stack where a thread stands, the innermost frame first; empty where that says nothing
 */
record Finding(String cause, String because, String remedy, List<String> stack) {
    /** The word for a protocol that is served. */
    static final String LIVE = "live";

    /** What serves, then everything else as it was found. */
    static final Comparator<Finding> LIVE_FIRST = Comparator.comparing(finding -> !finding.isLive());

    Finding(String cause, String because, String remedy) {
        this(cause, because, remedy, List.of());
    }

    static Finding live(String because) {
        return new Finding(LIVE, because, "");
    }

    boolean isLive() {
        return cause.equals(LIVE);
    }

    Map<String, Object> value() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("cause", cause);
        value.put("because", because);
        value.put("remedy", remedy);
        if (!stack.isEmpty()) {
            value.put("stack", stack);
        }
        return value;
    }
}
