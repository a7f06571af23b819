package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.reactor.EndpointSettings.Output;

/** Connections that end at a limit are counted for each endpoint, and summed up in the log. */
@Timeout(60)
class LimitLogTest {
    private static final int MEBI = 1 << 20;
    private static final long IDLE_MILLIS = 1_000;
    private static final Rank RANK = new Rank(0, 7, 3, "1.2.3");
    private static final EndpointSettings SETTINGS = EndpointSettings.DEFAULTS
            .withAddress(Address.DEFAULTS.withName("greedy"))
            .withLimits(Limits.DEFAULTS.withIdleTimeoutMillis(IDLE_MILLIS).withInputMaxBytes(1_024))
            .withOutput(Output.DEFAULTS.withMaxBytes(MEBI).withHighBytes(MEBI));

    @RegisterExtension
    final SteppedFixture stepped = new SteppedFixture(2);

    private static final class Greedy extends Protocol {
        private final byte[] chunk = new byte[MEBI];

        /** Leaves everything unread, or writes more than anybody takes. */
        @Override
        public void dataReceived(ByteBuffer data) {
            for (int i = 0; data.get(0) == 'w' && i < 64; i++) {
                write(chunk);
            }
        }
    }

    @Test
    void countsThemForEachEndpoint() throws IOException {
        FactoryBinding greedy = stepped.bind(SETTINGS, RANK, peer -> new Greedy());
        FactoryBinding other = stepped.bind(EndpointSettings.DEFAULTS, RANK, peer -> new Greedy());

        overflow(greedy);
        overflow(greedy);
        beSlow(greedy);
        beIdle(greedy);

        assertEquals(2, greedy.inputOverflows());
        assertEquals(1, greedy.slowConsumers());
        assertEquals(1, greedy.idleTimeouts());
        assertEquals(0, other.inputOverflows() + other.slowConsumers() + other.idleTimeouts());
    }

    @Test
    void sumsThemUpOnceAMinute() throws IOException {
        try (LogFixture log = new LogFixture()) {
            FactoryBinding greedy = stepped.bind(SETTINGS, RANK, peer -> new Greedy());
            overflow(greedy);
            overflow(greedy);
            beIdle(greedy);
            assertEquals(List.of(), lines(log), "not yet");

            stepped.pass(60_000 - IDLE_MILLIS);
            beSlow(greedy);
            stepped.pass(60_000);
            stepped.pass(60_000);

            assertEquals(
                    List.of(
                            "greedy of bundle 3 version 1.2.3: of its connections, 2 ended by INPUT_OVERFLOW, 1 ended by"
                                    + " IDLE_TIMEOUT within 60 s",
                            "greedy of bundle 3 version 1.2.3: of its connections, 1 ended by SLOW_CONSUMER within"
                                    + " 60 s"),
                    lines(log));
        }
    }

    @Test
    void sumsThemUpForAFactoryThatGoes() throws IOException {
        try (LogFixture log = new LogFixture()) {
            FactoryBinding greedy = stepped.bind(SETTINGS, RANK, peer -> new Greedy());
            overflow(greedy);

            stepped.engine().close(greedy);
            stepped.settle();
            stepped.pass(60_000);

            assertEquals(
                    List.of(
                            "greedy of bundle 3 version 1.2.3: of its connections, 1 ended by INPUT_OVERFLOW within 0 s"),
                    lines(log));
        }
    }

    private void overflow(FactoryBinding binding) throws IOException {
        stepped.connect(binding).send("x".repeat(1_025)).awaitEnd();
        stepped.settle();
    }

    private void beSlow(FactoryBinding binding) throws IOException {
        long before = binding.slowConsumers();
        stepped.connect(binding).send("w");
        stepped.until("a slow consumer", () -> binding.slowConsumers() > before);
    }

    private void beIdle(FactoryBinding binding) throws IOException {
        SteppedFixture.Peer idle = stepped.connect(binding);
        stepped.until("the connection", () -> binding.openConnections() == 1);
        stepped.pass(IDLE_MILLIS);
        idle.awaitEnd();
    }

    /** What was logged of it, without the names of thread and logger. */
    private static List<String> lines(LogFixture log) {
        return log.text()
                .lines()
                .filter(line -> line.contains("of its connections"))
                .map(line -> line.substring(line.indexOf(" - ") + 3))
                .toList();
    }
}
