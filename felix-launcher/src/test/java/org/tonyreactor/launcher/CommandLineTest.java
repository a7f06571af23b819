package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
    @Test
    void servesWithAShellByDefault() throws Exception {
        CommandLine line = CommandLine.parse(List.of());

        CommandLine expected = new CommandLine(CommandLine.Action.SERVE, Optional.empty(), OptionalInt.empty(), true);
        assertEquals(expected, line);
    }

    @Test
    void takesValuesAfterASpaceOrAnEqualsSign() throws Exception {
        CommandLine line = CommandLine.parse(List.of("--port", "0", "--home=a=b", "--no-shell"));

        assertEquals(OptionalInt.of(0), line.port());
        assertEquals(Optional.of(Path.of("a=b")), line.home());
        assertFalse(line.shell());
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "-1", "http", ""})
    void refusesWhatIsNoPort(String port) {
        assertThrows(UsageError.class, () -> CommandLine.parse(List.of("--port", port)));
    }

    @Test
    void refusesAnOptionWithoutItsValue() {
        UsageError error = assertThrows(UsageError.class, () -> CommandLine.parse(List.of("--home")));

        assertEquals("--home needs a value: try --help", error.getMessage());
    }
}
