package org.tonyreactor.shell;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jline.utils.WCWidth;

/** What a terminal of 80 columns makes of lines, measured with the rules of JLine. */
public final class Screen {
    private Screen() {}

    /** Fails when a line is broken by the terminal or obeyed by it. */
    public static void assertFits(List<String> lines, String which) {
        for (String line : lines) {
            int columns = line.codePoints().map(WCWidth::wcwidth).sum();
            assertTrue(columns <= 80, which + ", " + columns + " columns: " + line);
            assertTrue(
                    line.codePoints()
                            .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT),
                    which + ", a control character: " + line);
        }
    }
}
