package org.tonyreactor.internal.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x08, 0x09, 0x0A, 0x0D, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9B, 0x9D, 0x9F, 0x061C, 0x200E,
                0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xD83D,
                0xDE00
            })
    void writesWhatEndsALineOrCommandsATerminalOrTurnsTextAsItsNumber(int character) {
        assertEquals("a" + String.format("\\u%04X", character) + "b", PrintableText.of("a" + (char) character + "b"));
    }

    @Test
    void leavesLettersOfAllScriptsAsTheyAre() {
        String text = "plain \"text\" \\ {} \u00e9\u00df\u05d0\u0627\u4e2d \uD83D\uDE00";

        assertEquals(text, PrintableText.of(text));
    }

    @Test
    void showsAnInjectedLineAndACommandAsText() {
        assertEquals(
                "x\\u000D\\u000A2026-11-29 ERROR forged \\u001B]0;title\\u0007",
                PrintableText.of("x\r\n2026-11-29 ERROR forged \u001b]0;title\u0007"));
    }

    @Test
    void cutsWhatIsTooLongAndSaysSo() {
        String text = PrintableText.of("x".repeat(PrintableText.MAX_CHARS + 12));

        assertEquals("x".repeat(PrintableText.MAX_CHARS) + "... (12 characters more)", text);
    }

    @Test
    void namesWhatCannotBePrinted() {
        Object unprintable = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("on purpose");
            }
        };

        String text = PrintableText.of(unprintable);

        assertTrue(text.matches("a \\S+PrintableTextTest\\S+ that cannot be printed"), text);
        assertEquals("null", PrintableText.of(null));
    }
}
