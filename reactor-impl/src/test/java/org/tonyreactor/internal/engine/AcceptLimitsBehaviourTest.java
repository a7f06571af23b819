package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.CloseReason.Kind;

/** Limits for how many peers are let in, and how fast, and for their first byte. */
@Timeout(60)
class AcceptLimitsBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = ProtocolFixture.echo();

    private static EndpointSettings settings(int port, UnaryOperator<Limits> limits) {
        EndpointSettings.Limits changed = limits.apply(Limits.DEFAULTS);
        return EndpointSettings.port(port).withLimits(changed);
    }

    @OverEveryWire
    void onePeerHasNoMoreConnectionsThanItMay() throws Exception {
        FactoryBinding binding = fixture.serve(settings(0, limits -> limits.withConnectionsMaxPerPeer(2)), factory);
        ClientFixture first = fixture.connect(binding);
        ClientFixture second = fixture.connect(binding);
        assertEquals("1", first.send("1").readText(1));
        assertEquals("2", second.send("2").readText(1));

        fixture.connect(binding).expectEnd();

        assertEquals(1, binding.refusedByPeerLimit.get());
        assertEquals(1, binding.refusedConnections());
    }

    @OverEveryWire
    void aPlaceIsFreeAgainWhenItsConnectionHasEnded() throws Exception {
        FactoryBinding binding = fixture.serve(settings(0, limits -> limits.withConnectionsMaxPerPeer(1)), factory);
        for (int i = 0; i < 3; i++) {
            ClientFixture client = fixture.connect(binding);
            assertEquals("x", client.send("x").readText(1));
            client.close();
            eventually(() -> fixture.engine().view().poolUsed() == 0);
        }
        assertEquals(0, binding.refusedConnections());
    }

    @OverEveryWire
    void whoeverComesTooFastIsRefusedWithFin() throws Exception {
        FactoryBinding binding = fixture.serve(settings(0, limits -> limits.withAcceptsPerSecond(1)), factory);
        assertEquals("x", fixture.connect(binding).send("x").readText(1));

        fixture.connect(binding).send("spoken at once").expectEnd();

        assertEquals(1, binding.refusedByRate.get());
    }

    @OverEveryWire
    void aLimitMayBeSetAndTakenAwayWhileItServes() throws Exception {
        FactoryBinding binding = fixture.serve(factory);
        int port = fixture.port(binding);
        fixture.engine().update(binding, settings(port, limits -> limits.withConnectionsMaxPerPeer(1)));
        assertEquals("x", fixture.connect(binding).send("x").readText(1));
        fixture.connect(binding).expectEnd();

        fixture.engine().update(binding, settings(port, limits -> limits));

        assertEquals("y", fixture.connect(binding).send("y").readText(1));
    }

    @OverEveryWire
    void aPeerThatSendsNothingIsClosed() throws Exception {
        FactoryBinding binding = fixture.serve(settings(0, limits -> limits.withFirstByteTimeoutMillis(50)), factory);

        ClientFixture client = fixture.connect(binding);

        assertEquals(Kind.TIMEOUT_FIRST_BYTE, factory.next().awaitLost().kind());
        client.expectEnd();
        eventually(() -> binding.firstByteTimeouts() == 1);
    }

    @OverEveryWire
    void afterItsFirstByteAPeerMayBeSilent() throws Exception {
        factory.data((protocol, data) -> {
            protocol.take(data);
            protocol.callLater(Duration.ofMillis(200), () -> protocol.write("still here"));
        });
        FactoryBinding binding = fixture.serve(settings(0, limits -> limits.withFirstByteTimeoutMillis(50)), factory);

        assertEquals("still here", fixture.connect(binding).send("x").readText(10));
    }
}
