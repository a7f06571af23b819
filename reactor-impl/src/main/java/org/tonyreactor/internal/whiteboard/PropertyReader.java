package org.tonyreactor.internal.whiteboard;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.reactor.EndpointProperty;

/**
 * Reads properties leniently: a single value, an array and a collection in the same way; numbers and booleans also as
 * strings; lists also as one string with commas. A value that cannot be read is a problem: its text names the property,
 * the value and the remedy, and the default is returned in its place. Not thread-safe.
 */
final class PropertyReader {
    /** A byte order mark in front of the first name of a file, as it looks when it is read as UTF-8 or as ISO 8859-1. */
    private static final String BYTE_ORDER_MARK = "^(\uFEFF|\u00EF\u00BB\u00BF)";

    private final Map<String, Object> properties = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    PropertyReader(Map<String, ?> properties) {
        properties.forEach((name, value) ->
                this.properties.put(name.replaceFirst(BYTE_ORDER_MARK, "").trim(), value));
    }

    /** The problems so far, each in one line. */
    List<String> problems() {
        return problems;
    }

    void addProblem(String problem) {
        problems.add(problem);
    }

    /** The names there are, in their order. */
    Set<String> names() {
        return properties.keySet();
    }

    /** Whether a property has no value. */
    boolean isEmpty(EndpointProperty property) {
        return values(property.name()).isEmpty();
    }

    /** The value of a property, or its default; an empty text is none. */
    Object one(EndpointProperty property) {
        Object value = single(property.name());
        Object read = value == null ? null : read(property, value);
        return read == null ? property.byDefault() : read;
    }

    /** All values of a property that can be read, each once, in their order. */
    Set<Object> all(EndpointProperty property) {
        Set<Object> all = new LinkedHashSet<>();
        for (Object value : values(property.name())) {
            String[] parts = value instanceof String text ? text.split(",", -1) : new String[] {value.toString()};
            for (String part : parts) {
                Object read = part.isBlank() ? null : read(property, part);
                if (part.isBlank()) {
                    problems.add(property + " is empty: give a value or remove the property");
                } else if (read != null) {
                    all.add(read);
                }
            }
        }
        return all;
    }

    /** A number that is no property of an endpoint. */
    long number(WrittenNumber written, long byDefault) {
        Object value = single(written.name());
        Long read = value == null ? null : number(written, value);
        return read == null ? byDefault : read;
    }

    private @Nullable Object read(EndpointProperty property, Object value) {
        String text = value.toString().trim();
        Class<?> type = property.type();
        if (type == String.class) {
            return text.isEmpty() ? null : text;
        }
        if (type == Boolean.class) {
            return flag(property.name(), text);
        }
        Long number =
                number(new WrittenNumber(property.name(), property.unit(), property.least(), property.most()), value);
        return number == null || type == Long.class ? number : (Object) number.intValue();
    }

    private @Nullable Long number(WrittenNumber written, Object value) {
        try {
            return written.read(value);
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable Boolean flag(String name, String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.valueOf(text);
        }
        if (!text.isEmpty()) {
            problems.add(name + " = " + text + " is no boolean: set it to true or false");
        }
        return null;
    }

    private @Nullable Object single(String name) {
        List<Object> values = values(name);
        if (values.size() > 1) {
            problems.add(name + " = " + values + " has " + values.size() + " values: give one");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private List<Object> values(String name) {
        Object value = properties.get(name);
        List<Object> values = new ArrayList<>();
        if (value instanceof Collection<?> collection) {
            for (Object each : collection) {
                addIfPresent(values, each);
            }
        } else if (value != null && value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                addIfPresent(values, Array.get(value, i));
            }
        } else {
            addIfPresent(values, value);
        }
        return values;
    }

    private static void addIfPresent(List<Object> values, @Nullable Object value) {
        if (value != null) {
            values.add(value);
        }
    }
}
