package org.tonyreactor.internal.whiteboard;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads service properties leniently: a value, an array or a collection alike, numbers and booleans also as strings. What
 * cannot be read is a problem that names the property, its value and the remedy, and the default is returned in its
 * place. Not thread-safe.
 */
final class PropertyReader {
    private final Map<String, ?> properties;
    private final List<String> problems = new ArrayList<>();

    PropertyReader(Map<String, ?> properties) {
        this.properties = properties;
    }

    /** What was wrong so far, each in one line. */
    List<String> problems() {
        return problems;
    }

    void addProblem(String problem) {
        problems.add(problem);
    }

    /** A text, or the default when there is none; an empty text is none. */
    String text(String name, String byDefault) {
        Object value = single(name);
        String text = value == null ? "" : value.toString().trim();
        return text.isEmpty() ? byDefault : text;
    }

    /** All texts, each once, in their order. */
    Set<String> texts(String name, String byDefault) {
        Set<String> texts = new LinkedHashSet<>();
        for (Object value : values(name)) {
            String text = value.toString().trim();
            if (text.isEmpty()) {
                problems.add(name + " is empty: give a value or remove the property");
            } else {
                texts.add(text);
            }
        }
        return texts.isEmpty() ? Set.of(byDefault) : texts;
    }

    boolean flag(String name, boolean byDefault) {
        Object value = single(name);
        String text = value == null ? "" : value.toString().trim();
        if (text.isEmpty()) {
            return byDefault;
        }
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        problems.add(name + " = " + text + " is no boolean: set it to true or false");
        return byDefault;
    }

    long number(String name, long byDefault, long least, long most) {
        Object value = single(name);
        Long number = value == null ? null : number(name, value, least, most);
        return number == null ? byDefault : number;
    }

    int number(String name, int byDefault, int least, int most) {
        return (int) number(name, (long) byDefault, least, most);
    }

    /** All numbers that can be read, each once, in their order. */
    Set<Integer> numbers(String name, int least, int most) {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (Object value : values(name)) {
            Long number = number(name, value, least, most);
            if (number != null) {
                numbers.add(number.intValue());
            }
        }
        return numbers;
    }

    /** The values of a property: none, one or several. */
    List<Object> values(String name) {
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

    private @Nullable Object single(String name) {
        List<Object> values = values(name);
        if (values.size() > 1) {
            problems.add(name + " = " + values + " has " + values.size() + " values: give one");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private @Nullable Long number(String name, Object value, long least, long most) {
        String text = value.toString().trim();
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
                problems.add(name + " = " + text + " is out of range: set it from " + least + " to " + most);
                return null;
            }
            return number.longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            problems.add(name + " = " + text + " is no whole number: set it from " + least + " to " + most);
            return null;
        }
    }

    private static void addIfPresent(List<Object> values, @Nullable Object value) {
        if (value != null) {
            values.add(value);
        }
    }
}
