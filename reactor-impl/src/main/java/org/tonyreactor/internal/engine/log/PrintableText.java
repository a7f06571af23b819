package org.tonyreactor.internal.engine.log;

import org.jspecify.annotations.Nullable;

/**
 * Text from outside, made fit for a line of a log, a terminal or a table. The rule: each character that ends a line,
 * begins a command of a terminal or turns the direction of text is written as a backslash, {@code u} and its four digits:
 * control characters (U+0000 to U+001F, U+007F to U+009F), the separators of lines U+2028 and U+2029, the marks of
 * direction U+061C, U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069, and half a surrogate pair. What is longer than
 * {@link #MAX_CHARS} is cut, and says so. All else, letters of any script too, stays what it is.
 *
 * <p>An instance is text that is fit already, and may have several lines. Any thread.
 */
public final class PrintableText {
    /** How many characters of one text are printed. */
    public static final int MAX_CHARS = 4_096;

    private static final String DIGITS = "0123456789ABCDEF";

    private final String text;

    PrintableText(String text) {
        this.text = text;
    }

    /** The text of anything, whose {@code toString} may throw. */
    static String of(@Nullable Object value) {
        if (value instanceof PrintableText printable) {
            return printable.text;
        }
        StringBuilder out = new StringBuilder();
        append(out, textOf(value));
        return out.toString();
    }

    private static String textOf(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        try {
            String text = value.toString();
            return text == null ? "null" : text;
        } catch (Throwable unprintable) {
            return "a " + value.getClass().getName() + " that cannot be printed";
        }
    }

    /** Adds a text from outside. */
    static void append(StringBuilder out, String text) {
        int end = Math.min(text.length(), MAX_CHARS);
        for (int i = 0; i < end; i++) {
            char each = text.charAt(i);
            if (Character.isHighSurrogate(each) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(each).append(text.charAt(++i));
            } else if (isPrintable(each)) {
                out.append(each);
            } else {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(DIGITS.charAt(each >> shift & 0xF));
                }
            }
        }
        if (end < text.length()) {
            out.append("... (").append(text.length() - end).append(" characters more)");
        }
    }

    private static boolean isPrintable(char c) {
        return !Character.isISOControl(c)
                && !Character.isSurrogate(c)
                && c != '\u2028'
                && c != '\u2029'
                && !turnsDirection(c);
    }

    private static boolean turnsDirection(char c) {
        return c == '\u061C'
                || c == '\u200E'
                || c == '\u200F'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }

    @Override
    public String toString() {
        return text;
    }
}
