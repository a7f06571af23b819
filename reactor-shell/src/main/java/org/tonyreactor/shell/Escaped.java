package org.tonyreactor.shell;

/**
 * Texts that a terminal, or a program, takes as they are: what other parts have put into a name or a message cannot move the
 * cursor, colour or hide what stands behind it, or turn it round. The one place where that is seen to.
 */
final class Escaped {
    private Escaped() {}

    /**
     * The text with everything that is not shown itself written as {@code \\u001b}: control characters, ESC and the C1 ones
     * among them, line breaks, format characters such as marks of direction, and halves of surrogate pairs. All blanks are
     * plain ones.
     */
    static String of(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(codePoint -> append(escaped, codePoint));
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> appendAscii(escaped, Character.toChars(codePoint));
            case Character.SPACE_SEPARATOR -> escaped.append(' ');
            default -> escaped.appendCodePoint(codePoint);
        }
    }

    /** UTF-16 units, each as a backslash, u and four digits. */
    static void appendAscii(StringBuilder escaped, char... units) {
        for (char unit : units) {
            escaped.append(String.format("\\u%04x", (int) unit));
        }
    }
}
