package org.tonyreactor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;

final class TableTest {
    private static final int ROUNDS = 2_000;

    @Test
    void setsNumbersToTheRight() {
        List<String> lines =
                new Table("NAME", ">CONNS").add("echo", 7).add("a", 12345).lines();

        assertEquals(List.of("NAME  CONNS", "echo      7", "a     12345"), lines);
    }

    @Test
    void cutsTheWidestColumnFirst() {
        List<String> lines =
                new Table("NAME", "STATE").add("x".repeat(100), "bound").lines();

        assertEquals("x".repeat(72) + "\u2026  bound", lines.get(1));
    }

    @Test
    void countsTwoColumnsForAChineseCharacter() {
        List<String> lines = new Table("NAME", "STATE")
                .add("\u4e2d\u6587", "bound")
                .add("abcd", "held")
                .lines();

        assertEquals(List.of("NAME  STATE", "\u4e2d\u6587  bound", "abcd  held"), lines);
    }

    @Test
    void fitsTheScreenWhateverIsInIt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Table table = new Table("NAME", "ADDRESS", ">CONNS", "STATE", ">OUT/S");
            for (int row = 0; row < 4; row++) {
                table.add(
                        Texts.any(random, 12),
                        Texts.any(random, 12),
                        random.nextLong(),
                        Texts.any(random, 12),
                        Texts.any(random, 3));
            }

            List<String> lines = table.lines();

            assertEquals(5, lines.size(), "seed " + seed);
            Screen.assertFits(lines, "seed " + seed);
        }
    }

    @Test
    void foldsEveryTextIntoTheScreenAndLosesNoWord() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String text = Texts.any(random, 40);

            List<String> lines = TextWidth.fold(text, 78);

            Screen.assertFits(lines, "seed " + seed);
            assertEquals(
                    TextWidth.oneLine(text).replace(" ", ""),
                    String.join("", lines).replace(" ", ""),
                    "seed " + seed);
        }
    }

    @Test
    void takesNoCharacterForNarrowerThanJLineDoes() {
        for (int codePoint = ' '; codePoint < 0x20000; codePoint++) {
            if (isShown(codePoint)) {
                int here = TextWidth.of(Character.toString(codePoint));
                int there = WCWidth.wcwidth(codePoint);
                assertTrue(here >= there, Integer.toHexString(codePoint) + ": " + here + ", and there " + there);
            }
        }
    }

    /** Combining marks are left out: JLine has those of an older Unicode. */
    private static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UNASSIGNED,
                    Character.SURROGATE,
                    Character.FORMAT,
                    Character.CONTROL,
                    Character.PRIVATE_USE,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            default -> true;
        };
    }

    @Test
    void refusesARowThatIsTooShort() {
        Table table = new Table("A", "B");

        assertThrows(IllegalArgumentException.class, () -> table.add("only one"));
    }
}
