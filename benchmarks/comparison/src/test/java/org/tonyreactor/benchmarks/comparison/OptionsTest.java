package org.tonyreactor.benchmarks.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {
    @Test
    void withoutOptionsEverythingIsMeasuredInTwoSessionsOfFiveRounds() {
        Options options = Options.of();

        assertEquals(Options.Form.FULL, options.form());
        assertEquals(Work.ALL, options.works);
        assertEquals(2, options.sessions);
        assertEquals(5, options.rounds);
        assertEquals(List.of(), options.servers);
    }

    @Test
    void whatIsNamedReplacesWhatTheFormWouldTake() {
        Options options = Options.of("--short", "--works", "echo-50,churn-50", "--servers", "nio", "--seconds", "0.5");

        assertEquals(
                List.of("echo-50", "churn-50"),
                options.works.stream().map(Work::name).toList());
        assertEquals(List.of("nio"), options.servers);
        assertEquals(0.5, options.seconds);
        assertEquals(1, options.rounds);
    }

    @Test
    void selectionIsNoFullRun() {
        assertEquals(Options.Form.PART, Options.of("--works", "echo-50").form());
        assertEquals(Options.Form.PART, Options.of("--servers", "nio").form());
        assertEquals(Options.Form.FULL, Options.of("--rounds", "9").form());
        assertEquals(
                Options.Form.AGAINST,
                Options.of("--against", "main", "--works", "echo-50").form());
    }

    @Test
    void severalJdksAreTakenInTheirOrder() {
        assertEquals(
                List.of(Path.of("/a"), Path.of("/b")),
                Options.of("--java", "/a", "--rounds", "3", "--java", "/b").javaHomes);
    }

    @Test
    void wrongOptionsAreToldWithTheirValues() {
        assertTold("--fast", "--fast");
        assertTold("--rounds", "--rounds");
        assertTold("many", "--rounds", "many");
        assertTold("--seconds: -1 is not between", "--seconds", "-1");
        assertTold("no work echo; there are echo-50, ", "--works", "echo");
    }

    private static void assertTold(String words, String... args) {
        String message =
                assertThrows(RuntimeException.class, () -> Options.of(args)).getMessage();
        assertTrue(message.contains(words), message);
    }
}
