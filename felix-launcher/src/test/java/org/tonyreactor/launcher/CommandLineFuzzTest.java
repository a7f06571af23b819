package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Whatever is typed behind the name of the start script: words with a line feed between them. */
class CommandLineFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void isUnderstoodOrRefusedInOneLine(byte[] input) {
        List<String> words = List.of(new String(input, StandardCharsets.UTF_8).split("\n", -1));
        CommandLine line;
        try {
            line = CommandLine.parse(words);
        } catch (UsageError refused) {
            String told = PrintableLine.of(String.valueOf(refused.getMessage()));
            assertFalse(told.isBlank());
            assertTrue(told.chars().noneMatch(Character::isISOControl), told);
            return;
        }

        List<String> same = words(line);
        assertTrue(line.port().orElse(0) >= 0 && line.port().orElse(0) <= 65_535);
        assertEquals(line, parsed(same), same::toString);
    }

    private static CommandLine parsed(List<String> words) {
        try {
            return CommandLine.parse(words);
        } catch (UsageError e) {
            throw new AssertionError(words.toString(), e);
        }
    }

    /** The words that ask for the same. */
    private static List<String> words(CommandLine line) {
        List<String> words = new ArrayList<>();
        switch (line.action()) {
            case SERVE -> {}
            case HELP -> words.add("--help");
            case VERSION -> words.add("--version");
            case WRITE_ARCHIVE -> words.add("--class-archive");
        }
        line.home().ifPresent(home -> words.add("--home=" + home));
        line.port().ifPresent(port -> words.add("--port=" + port));
        if (!line.shell()) {
            words.add("--no-shell");
        }
        return words;
    }
}
