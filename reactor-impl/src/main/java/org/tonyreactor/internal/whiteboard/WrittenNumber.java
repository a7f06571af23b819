package org.tonyreactor.internal.whiteboard;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number as people write it. A number with a unit is refused, and the message says which number to write: the names
 * of the properties contain their units (ADR 21).
 *
 * @param name the name of the property
 * @param unit the unit of the number; may be empty
 * @param least the least allowed number
 * @param most the greatest allowed number
 */
record WrittenNumber(String name, String unit, long least, long most) {
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]+|%)");

    /** The units of times and sizes, in milliseconds and bytes; sizes are powers of 1,024. */
    private static final Map<String, Map<String, Long>> UNITS = Map.of(
            "milliseconds",
            Map.of(
                    "ms",
                    1L,
                    "s",
                    1_000L,
                    "sec",
                    1_000L,
                    "m",
                    60_000L,
                    "min",
                    60_000L,
                    "h",
                    3_600_000L,
                    "d",
                    86_400_000L),
            "bytes",
            Map.of("b", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30),
            "percent",
            Map.of("%", 1L));

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException when it cannot be used; the message says, in one line, what to write
     */
    long read(Object value) {
        String text = value.toString().trim();
        BigDecimal number = number(text);
        if (number == null) {
            throw new IllegalArgumentException(name + " = " + text + withoutUnit(text));
        }
        if (number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new IllegalArgumentException(name + " = " + text + " is out of range: " + remedy());
        }
        return number.longValue();
    }

    private static @Nullable BigDecimal number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return number.stripTrailingZeros().scale() > 0 ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private String withoutUnit(String text) {
        Matcher matcher = WITH_UNIT.matcher(text);
        Long factor = matcher.matches() ? factor(matcher.group(2)) : null;
        if (factor == null) {
            return " is no whole number: " + remedy();
        }
        BigDecimal number = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
        return " has a unit, and the property counts " + unit + ": write " + number.toBigInteger();
    }

    private @Nullable Long factor(String written) {
        Map<String, Long> known = UNITS.getOrDefault(unit, Map.of());
        String lower = written.toLowerCase(Locale.ROOT);
        Long factor = known.get(lower);
        return factor != null || !unit.equals("bytes") ? factor : known.get(lower.replaceFirst("i?b$|bytes$", ""));
    }

    private String remedy() {
        return "set it from " + least + " to " + most;
    }
}
