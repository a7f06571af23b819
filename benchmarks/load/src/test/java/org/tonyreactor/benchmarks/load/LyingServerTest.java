package org.tonyreactor.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tonyreactor.benchmarks.load.LyingServer.Lie;

@Timeout(20)
class LyingServerTest {
    /** Fewer than the idle connections' messages, so that each work comes to the lie. */
    private static final int HONEST_ECHOES = 2;

    private static final List<String> WORKS = List.of(
            "--work echo",
            "--work echo --depth 16",
            "--work echo --size 20000",
            "--work rate --rate 2000",
            "--work churn",
            "--work idle");

    /** To see that nothing more comes the generator must wait; for anybody else it has all the time. */
    private static final Set<Lie> LEAVE_IT_WAITING = EnumSet.of(Lie.DROPS_A_BYTE, Lie.SAYS_NOTHING_MORE);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    static Stream<String> works() {
        return WORKS.stream();
    }

    static Stream<Arguments> lies() {
        return Stream.of(Lie.values())
                .filter(lie -> lie != Lie.NONE && lie != Lie.SAYS_MORE_AT_THE_END)
                .flatMap(lie -> works().map(work -> Arguments.of(lie, work)));
    }

    @ParameterizedTest
    @MethodSource("works")
    void honestServerPasses(String work) throws IOException {
        assertTrue(passes(Lie.NONE, work), err::toString);

        assertTrue(out.toString(StandardCharsets.UTF_8).endsWith("errors=0" + System.lineSeparator()), out::toString);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void lyingServerFails(Lie lie, String work) throws IOException {
        assertFalse(passes(lie, work), out::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--work echo", "--work rate --rate 2000", "--work idle"})
    void byteAfterTheEndFails(String work) throws IOException {
        assertFalse(passes(Lie.SAYS_MORE_AT_THE_END, work), out::toString);

        assertTrue(err.toString(StandardCharsets.UTF_8).contains("more came back than was sent"), err::toString);
    }

    @ParameterizedTest
    @EnumSource(
            value = Lie.class,
            names = {"FLIPS_A_BIT", "SWAPS_TWO_CONNECTIONS"})
    void failureNamesTheByte(Lie lie) throws IOException {
        assertFalse(passes(lie, "--work echo"));

        assertTrue(err.toString(StandardCharsets.UTF_8).contains("came back wrong: byte "), err::toString);
    }

    private boolean passes(Lie lie, String work) throws IOException {
        try (LyingServer server = new LyingServer(lie, HONEST_ECHOES)) {
            String line = "--port " + server.port() + " --connections 4 --warmup 0 --seconds 0.1 --patience "
                    + (LEAVE_IT_WAITING.contains(lie) ? "0.2 " : "10 ");
            LoadGenerator generator = new LoadGenerator(new PrintStream(out), new PrintStream(err));
            LoadOptions options = LoadOptions.of((line + work).split(" ", -1));
            boolean passed = generator.run(options, InputStream.nullInputStream());
            assertTrue(server.echoes() > HONEST_ECHOES, "the server never came to its lie");
            return passed;
        }
    }
}
