package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.CloseReason.Kind;

/** A connection that has an idle timeout of its own. */
@Timeout(60)
class IdleTimeoutBehaviourTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONGER = Duration.ofMillis(200);

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void takesThePlaceOfTheEndpoints() throws Exception {
        factory.made(protocol -> protocol.transport().setIdleTimeout(SHORT));

        ClientFixture client = fixture.connect(fixture.serve(factory));

        assertEquals(Kind.IDLE_TIMEOUT, factory.next().awaitLost().kind());
        client.expectEnd();
    }

    @OverEveryWire
    void anotherThreadMaySetIt() throws Exception {
        ClientFixture client = fixture.connect(fixture.serve(factory));
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");

        protocol.transport().setIdleTimeout(Duration.ofDays(1_000_000));
        protocol.transport().setIdleTimeout(Duration.ofNanos(1));

        assertEquals(Kind.IDLE_TIMEOUT, protocol.awaitLost().kind());
        client.expectEnd();
        assertThrows(IllegalArgumentException.class, () -> protocol.transport().setIdleTimeout(Duration.ofNanos(-1)));
    }

    @OverEveryWire
    void zeroIsNoneAlsoWhenTheEndpointsIsChanged() throws Exception {
        factory.made(protocol -> protocol.transport().setIdleTimeout(Duration.ZERO))
                .data((protocol, data) -> {
                    protocol.take(data);
                    protocol.callLater(LONGER, () -> protocol.write("still here"));
                });
        FactoryBinding binding = fixture.serve(factory);
        ClientFixture client = fixture.connect(binding);
        factory.next().awaitEvent("made");

        fixture.engine().update(binding, idle(fixture.port(binding)));

        assertEquals("still here", client.send("x").readText(10));
    }

    @OverEveryWire
    void nullIsTheEndpointsAgain() throws Exception {
        factory.made(protocol -> protocol.transport().setIdleTimeout(Duration.ZERO))
                .data((protocol, data) -> {
                    protocol.take(data);
                    protocol.transport().setIdleTimeout(null);
                });

        fixture.connect(fixture.serve(idle(0), factory)).send("x");

        assertEquals(Kind.IDLE_TIMEOUT, factory.next().awaitLost().kind());
        assertEquals("x", factory.all().get(0).received());
    }

    @OverEveryWire
    void staysWithTheConnectionInTheNextVersion() throws Exception {
        CounterFixture first = new CounterFixture("a");
        CounterFixture second = new CounterFixture("b");
        first.made(protocol -> protocol.transport().setIdleTimeout(Duration.ZERO));
        second.line(protocol -> protocol.callLater(LONGER, () -> protocol.write("still here")));
        FactoryBinding old = fixture.engine().bind(EndpointSettings.port(0), Rank.NO_SERVICE, first);
        ClientFixture client = fixture.connect(old).send("x.");
        client.readText(3);

        fixture.engine().closeForSuccessor(List.of(old));
        fixture.engine().bind(idle(0), Rank.NO_SERVICE, second);

        assertEquals("b2ystill here", client.send("y.").readText(13));
    }

    private static EndpointSettings idle(int port) {
        return EndpointSettings.port(port).withLimits(Limits.DEFAULTS.withIdleTimeoutMillis(SHORT.toMillis()));
    }
}
