package org.tonyreactor.shell;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, lists, strings, numbers, booleans and null as JSON (RFC 8259) on one line. The snapshots of the engine are
 * flat, so these lines are all it takes, and no user has to install a library for them. What is not ASCII is escaped:
 * the text survives every terminal and every encoding.
 */
final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {}

    static String write(@Nullable Object value) {
        Json json = new Json();
        json.append(value);
        return json.out.toString();
    }

    private void append(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            appendMap(map);
        } else if (value instanceof Iterable<?> list) {
            appendList(list);
        } else if (value == null || value instanceof Boolean || isFinite(value)) {
            out.append(value);
        } else {
            appendString(value.toString());
        }
    }

    /** Numbers that are none have no JSON: they are written as strings. */
    private static boolean isFinite(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }

    private void appendMap(Map<?, ?> map) {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            appendString(String.valueOf(entry.getKey()));
            out.append(':');
            append(entry.getValue());
            out.append(entries.hasNext() ? "," : "");
        }
        out.append('}');
    }

    private void appendList(Iterable<?> list) {
        out.append('[');
        Iterator<?> elements = list.iterator();
        while (elements.hasNext()) {
            append(elements.next());
            out.append(elements.hasNext() ? "," : "");
        }
        out.append(']');
    }

    private void appendString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                Escaped.appendAscii(out, c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
