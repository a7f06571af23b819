package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts as a terminal shows them: measured in columns, made harmless, cut and folded. Chinese, Japanese and Korean
 * characters and most pictures take two columns, combining marks none. Ambiguous ones are taken as one, as terminals do
 * outside East Asian locales.
 */
public final class TextWidth {
    private static final String ELLIPSIS = "\u2026";

    /**
     * First and last code points of the ranges that are two columns wide (Unicode, East Asian Width W and F), drawn a
     * little too large where that makes them fewer: a column too many is a gap, one too few is a broken line.
     */
    private static final int[][] WIDE = {
        {0x1100, 0x115F}, {0x231A, 0x231B}, {0x2329, 0x232A}, {0x23E9, 0x23F3}, {0x25FD, 0x25FE}, {0x2614, 0x2615},
        {0x2648, 0x2653}, {0x267F, 0x267F}, {0x2693, 0x26FD}, {0x2705, 0x2757}, {0x2795, 0x27BF}, {0x2B1B, 0x2B55},
        {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xA960, 0xA97F}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE10, 0xFE19},
        {0xFE30, 0xFE6F}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x16FE0, 0x18CFF}, {0x1AFF0, 0x1B2FF}, {0x1F000, 0x3FFFD}
    };

    private TextWidth() {}

    /** The columns a text takes. */
    static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    /** The text on one line, without anything that a terminal would obey. */
    static String oneLine(String text) {
        return Escaped.of(text).strip().replaceAll(" {2,}", " ");
    }

    /** The text, its end replaced by an ellipsis when it takes more than {@code width} columns. */
    static String cut(String text, int width) {
        return of(text) <= width ? text : head(text, width - 1) + ELLIPSIS;
    }

    /** The text in lines of at most {@code width} columns, broken between words where that can be. */
    public static List<String> fold(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : oneLine(text).split(" ", -1)) {
            String rest = word;
            if (!line.isEmpty() && of(line.toString()) + 1 + of(rest) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (of(rest) > width) {
                String head = head(rest, width);
                lines.add(head);
                rest = rest.substring(head.length());
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String head(String text, int width) {
        int columns = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            columns += of(codePoint);
            if (columns > width) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end);
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return 2;
            }
        }
        return 1;
    }
}
