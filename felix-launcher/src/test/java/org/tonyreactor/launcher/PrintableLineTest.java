package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableLineTest {
    @Test
    void writesWhatEndsALineOrCommandsATerminalAsItsNumber() {
        assertEquals(
                "a\\u000Ab\\u001B]0;t\\u0007 \\u009B \\u202E \\u2028",
                PrintableLine.of("a\nb\u001b]0;t\u0007 \u009b \u202e \u2028"));
        assertEquals("\u00e4 \\ $1 \uD83D\uDE00", PrintableLine.of("\u00e4 \\ $1 \uD83D\uDE00"));
    }
}
