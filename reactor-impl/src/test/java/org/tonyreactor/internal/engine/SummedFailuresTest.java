package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;

/** What a log has of a protocol that throws again and again. */
class SummedFailuresTest {
    private static final EndpointSettings NAMED =
            EndpointSettings.DEFAULTS.withAddress(EndpointSettings.Address.DEFAULTS.withName("a\u001b[2Jb"));

    private final LogFixture log = new LogFixture();

    @RegisterExtension
    final SteppedFixture fixture = new SteppedFixture(2);

    private final ProtocolFixture throwing = new ProtocolFixture().data((protocol, data) -> {
        throw new IllegalStateException("forged\n[main] ERROR line");
    });

    @AfterEach
    void close() {
        log.close();
    }

    @OverEveryWire
    void tellsTheFirstOfASecondAndCountsTheOthers() throws Exception {
        FactoryBinding binding = fixture.bind(NAMED, Rank.NO_SERVICE, throwing);

        fail(binding, 10);
        assertEquals(
                List.of("dataReceived threw: java.lang.IllegalStateException: forged\\u000A[main] ERROR line"), told());
        fixture.pass(1_000);
        fixture.pass(1_000);
        fail(binding, 3);
        fixture.pass(1_000);

        assertEquals(
                List.of(
                        "dataReceived threw: java.lang.IllegalStateException: forged\\u000A[main] ERROR line",
                        "dataReceived threw java.lang.IllegalStateException, 9 more within a second",
                        "dataReceived threw: java.lang.IllegalStateException: forged\\u000A[main] ERROR line",
                        "dataReceived threw java.lang.IllegalStateException, 2 more within a second"),
                told());
        assertEquals(13, binding.errors());
        assertEquals(
                List.of(),
                log.text().lines().filter(line -> line.indexOf('\u001b') >= 0).toList());
    }

    private void fail(FactoryBinding binding, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            SteppedFixture.Peer peer = fixture.connect(binding).send("x");
            peer.awaitEnd();
            peer.close();
        }
        fixture.settle();
    }

    private List<String> told() {
        return log.text()
                .lines()
                .filter(line -> line.contains("a\\u001B[2Jb") && line.contains("threw"))
                .map(line -> line.substring(line.indexOf("dataReceived")))
                .toList();
    }
}
