package org.tonyreactor.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class LoadOptionsTest {
    @Test
    void whatIsNotSaidHasADefault() {
        LoadOptions options = LoadOptions.of("--port", "7007", "--seconds", "0.5");

        assertEquals(7_007, options.port);
        assertEquals(LoadOptions.Kind.ECHO, options.work);
        assertEquals(
                List.of(50, 64, 1, 20_000),
                List.of(options.connections, options.sizeBytes, options.depth, options.messagesPerSecond));
        assertEquals(
                List.of(2_000_000_000L, 500_000_000L, 10_000_000_000L),
                Stream.of(options.warmupSeconds, options.windowSeconds, options.patienceSeconds)
                        .map(LoadOptions::nanos)
                        .toList());
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
        assertThrows(ParameterException.class, () -> LoadOptions.of(line.split(" ", -1)));
    }
}
