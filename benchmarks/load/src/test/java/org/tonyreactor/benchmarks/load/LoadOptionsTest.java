package org.tonyreactor.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadOptionsTest {
    @Test
    void whatIsNotSaidHasADefault() {
        LoadOptions options = LoadOptions.of("--port", "7007", "--seconds", "0.5");

        assertEquals(
                new LoadOptions(
                        7_007, LoadOptions.Kind.ECHO, 50, 64, 1, 20_000, 2_000_000_000L, 500_000_000L, 10_000_000_000L),
                options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--port 0",
                "--port 7007 --work sing",
                "--port 7007 --size 262139",
                "--port 7007 --seconds -1",
                "--port 7007 --depth",
                "--port 7007 --dept 2",
                "--port seven",
                "port 7007"
            })
    void wrongUsageIsRefused(String line) {
        assertThrows(IllegalArgumentException.class, () -> LoadOptions.of(line.split(" ", -1)));
    }
}
