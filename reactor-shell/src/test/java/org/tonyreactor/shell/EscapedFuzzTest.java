package org.tonyreactor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Whatever others bring into what is printed. */
final class EscapedFuzzTest {
    private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");
    private static final int LEAST_WIDTH = 2;

    @FuzzTest(maxDuration = "1m")
    void fitsATerminalAndCommandsNothing(byte[] input) {
        String text = JsonFuzzTest.textOf(input);
        String escaped = Escaped.of(text);

        assertFalse(OBEYED.matcher(escaped).find(), escaped);
        assertEquals(escaped, Escaped.of(escaped));
        assertFits(new Table("NAME", ">COUNT").add(text, text).lines(), Table.WIDTH);
        assertFits(new DefinitionList().add("name", text).lines(), Table.WIDTH);
        int width = LEAST_WIDTH + (input.length == 0 ? 0 : Byte.toUnsignedInt(input[0]));
        List<String> folded = TextWidth.fold(text, width);
        assertFits(folded, width);
        assertEquals(
                TextWidth.oneLine(text).replace(" ", ""),
                String.join("", folded).replace(" ", ""));
        assertFits(List.of(TextWidth.cut(TextWidth.oneLine(text), width)), width);
        assertFits(List.of(String.valueOf(new CommandFailure(text).getMessage())), Integer.MAX_VALUE);
        String printed = new Answer(() -> List.of(text), Map::of).print(false);
        assertEquals(escaped, printed);
    }

    private static void assertFits(List<String> lines, int width) {
        for (String line : lines) {
            assertTrue(TextWidth.of(line) <= width, line);
            assertFalse(OBEYED.matcher(line).find(), line);
        }
    }
}
