package org.tonyreactor.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tonyreactor.benchmarks.harness.LoadLoop;

/** A clock moved by hand, and a server that echoes when it is told to: 1,000 messages a second, each of 64 bytes. */
@Timeout(20)
class OpenLoopTest {
    private static final int CONNECTIONS = 7;
    private static final int SIZE_BYTES = 64;
    private static final long WINDOW_MILLIS = 3_000;

    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private final Window window = new Window(nowhere, TimeUnit.MILLISECONDS.toNanos(WINDOW_MILLIS));
    private SteppedServer server;
    private LoadLoop loop;
    private Conversations conversations;
    private long nowNanos;

    @BeforeEach
    void connect() throws IOException {
        server = new SteppedServer();
        LoadOptions options = LoadOptions.of(
                ("--work rate --rate 1000 --port " + server.port() + " --connections " + CONNECTIONS).split(" ", -1));
        loop = new LoadLoop(() -> nowNanos);
        conversations = new Conversations(options, loop, new Payload(), nowhere);
        conversations.begin(new Work.OpenLoop(window, conversations.all(), SIZE_BYTES, 1_000));
        server.accept(CONNECTIONS);
        window.opensAt(0);
    }

    @AfterEach
    void close() throws IOException {
        conversations.close();
        loop.close();
        server.close();
        assertEquals(0, conversations.failures());
    }

    @Test
    void promptServerShowsNoLatency() throws IOException {
        run(0, WINDOW_MILLIS, true);

        assertEquals(WINDOW_MILLIS, window.messages());
        assertEquals(WINDOW_MILLIS, late(0));
        assertEquals(0, window.latencies().getMaxValue());
    }

    @Test
    void serverThatStandsStillForASecondShowsEveryMessageThatWasDueInIt() throws IOException {
        run(0, 1_000, true);
        run(1_000, 2_000, false);
        run(2_000, WINDOW_MILLIS, true);

        assertEquals(WINDOW_MILLIS, window.messages());
        assertEquals(1_000, late(1));
        assertEquals(500, late(501));
        assertEquals(1, late(1_000));
    }

    @Test
    void generatorThatIsLateItselfShowsIt() throws IOException {
        run(0, 1_000, true);

        nowNanos = millis(1_999);
        turn(true);

        assertEquals(2_000, window.messages());
        assertEquals(999, late(1));
        assertEquals(1, late(999));
    }

    @Test
    void whatIsDueInTheWindowCountsThoughItIsAnsweredAfterIt() throws IOException {
        run(0, 2_000, true);
        run(2_000, WINDOW_MILLIS, false);

        nowNanos = millis(WINDOW_MILLIS + 1_000);
        window.turn(nowNanos);
        hearAll();

        assertTrue(window.isOver());
        assertEquals(2_000, window.messages());
        assertEquals(1_000, late(1_000));
    }

    /** From one time to before another, a millisecond at a time. */
    private void run(long fromMillis, long toMillis, boolean prompt) throws IOException {
        for (long now = fromMillis; now < toMillis; now++) {
            nowNanos = millis(now);
            turn(prompt);
        }
    }

    private void turn(boolean prompt) throws IOException {
        window.turn(nowNanos);
        conversations.turn();
        if (prompt) {
            hearAll();
        }
    }

    /** Time stands still until all that was said is heard. */
    private void hearAll() throws IOException {
        while (!conversations.all().stream().allMatch(Conversation::isQuiet)) {
            server.echo();
            conversations.hear();
        }
    }

    /** Messages at least so late, as exactly as the histogram keeps them. */
    private long late(long atLeastMillis) {
        Histogram latencies = window.latencies();
        return latencies.getCountBetweenValues(
                latencies.lowestEquivalentValue(millis(atLeastMillis)), latencies.getHighestTrackableValue());
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
