package org.tonyreactor.launcher;

import java.util.regex.Pattern;

/**
 * Text for one line of the console, whatever names of files and messages bring into it: each control character, separator
 * of lines and mark of direction is written as a backslash, {@code u} and its four digits.
 */
final class PrintableLine {
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]");

    private PrintableLine() {}

    static String of(String text) {
        return UNPRINTABLE
                .matcher(text)
                .replaceAll(
                        found -> String.format("\\\\u%04X", (int) found.group().charAt(0)));
    }
}
