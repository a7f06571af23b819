package org.tonyreactor.internal.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Whatever peers, bundles and names of files bring into a line of the log. */
class PrintableTextFuzzTest {
    /** What ends a line, commands a terminal, turns the direction of text or is half a character. */
    static final Pattern OBEYED =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]");

    /** How long the remark is that a text was cut. */
    private static final int REMARK_CHARS = 40;

    @FuzzTest(maxDuration = "1m")
    void isOnOneLineAndCommandsNothing(byte[] input) {
        String text = textOf(input);

        String printed = PrintableText.of(text);

        assertFalse(OBEYED.matcher(printed).find(), printed);
        assertTrue(printed.length() <= 6 * PrintableText.MAX_CHARS + REMARK_CHARS, () -> "" + printed.length());
        if (printed.length() <= PrintableText.MAX_CHARS) {
            assertEquals(printed, PrintableText.of(printed));
            assertTrue(OBEYED.matcher(text).find() || text.equals(printed), printed);
        }
    }

    /** Bytes that are no UTF-8 become halves of surrogate pairs. */
    static String textOf(byte[] input) {
        return new String(input, StandardCharsets.UTF_8).replace('\uFFFD', '\uD83D');
    }
}
