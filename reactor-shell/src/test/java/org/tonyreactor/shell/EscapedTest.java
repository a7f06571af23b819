package org.tonyreactor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others bring into a table or into JSON is shown, and does nothing. */
final class EscapedTest {
    /** A line break, ESC, BEL, DEL, OSC and CSI of C1, marks and overrides of direction, isolates, no-break marks. */
    private static final int[] OBEYED = {
        '\n', '\r', '\t', 0x1b, 0x07, 0x7f, 0x85, 0x9b, 0x9d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e,
        0x2028, 0x2029, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff, 0xd800
    };

    private final FakeContext shell = new FakeContext();

    @Test
    void isWrittenAsItsNumber() {
        for (int each : OBEYED) {
            String text = "a" + (char) each + "b";
            String escaped = String.format("a\\u%04xb", each);

            assertEquals(escaped, Escaped.of(text));
            assertEquals("\"" + escaped + "\"", Json.write(text));
            assertEquals(escaped, new Table("NAME").add(text).lines().get(1));
            assertEquals(
                    List.of("  name         " + escaped),
                    new DefinitionList().add("name", text).lines());
            assertEquals(escaped, new CommandFailure(text).getMessage());
            assertEquals("said " + escaped, new Answer(() -> List.of("said " + text), () -> Map.of()).print(false));
        }
    }

    @Test
    void isWrittenAsItsTwoNumbersBeyondTheFirstPlane() {
        assertEquals("\\udb40\\udc41", Escaped.of(Character.toString(0xE0041)));
    }

    @Test
    void leavesWhatIsShown() {
        for (String text : List.of("echo", "\u4e2d\u6587", "\ud83d\ude00", "e\u0301", "a\\b", "")) {
            assertEquals(text, Escaped.of(text));
            assertEquals(text, Escaped.of(Escaped.of(text)));
        }
        assertEquals("a b", Escaped.of("a\u00a0b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b]0;owned\u0007", "\u202eohce", "ech\no", "\u009b31mecho"})
    void namesOfEndpointsCannotSteerATerminal(String name) throws Exception {
        shell.endpoint(name, 7007).bundleId = 11;
        shell.bundle(11, name, "1.0.0");

        for (ShellCommand command : List.of(new EndpointList(), new EndpointShow("7007"))) {
            List<String> lines = shell.lines(command);
            Screen.assertFits(lines, name);
            assertTrue(String.join("", lines).contains("\\u"), lines::toString);
            assertEquals(
                    String.join(System.lineSeparator(), lines),
                    command.answer(shell).print(false));
            assertTrue(command.answer(shell).print(true).chars().allMatch(each -> each >= ' ' && each <= '~'));
        }
        CommandFailure ambiguous =
                assertThrows(CommandFailure.class, () -> shell.lines(new EndpointShow("127.0.0.1:1" + name)));
        Screen.assertFits(TextWidth.fold(String.valueOf(ambiguous.getMessage()), 80), name);
        assertFalse(Candidates.ENDPOINTS.of(shell).contains(name));
    }
}
