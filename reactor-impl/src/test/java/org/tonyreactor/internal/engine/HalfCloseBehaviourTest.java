package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason.Kind;

/** Connections of which one side has sent FIN. */
@Timeout(60)
class HalfCloseBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void halfClosedPeerIsStillWrittenTo() throws Exception {
        factory.inputClosed(protocol -> protocol.callLater(Duration.ofMillis(5), () -> {
            protocol.write("and yet it writes");
            protocol.closeConnection();
        }));
        ClientFixture client =
                fixture.connect(fixture.serve(EndpointSettings.builder().halfClose(true), factory));

        client.send("question").finish();

        assertEquals("and yet it writes", client.readText(17));
        client.expectEnd();
        assertEquals(Kind.CLOSED_BY_PROTOCOL, factory.next().awaitLost().kind());
        assertEquals(
                List.of("made", "data", "inputClosed", "lost"),
                factory.all().get(0).events());
    }

    @OverEveryWire
    void connectionShutOnBothSidesEnds() throws Exception {
        factory.made(protocol -> protocol.transport().shutdownOutput()).inputClosed(protocol -> {});
        ClientFixture client =
                fixture.connect(fixture.serve(EndpointSettings.builder().halfClose(true), factory));
        client.expectEnd();

        client.finish();

        assertEquals(Kind.CLOSED_BY_PEER, factory.next().awaitLost().kind());
    }

    @OverEveryWire
    void shutdownOutputAfterTheFinOfThePeerEnds() throws Exception {
        factory.inputClosed(protocol -> protocol.transport().shutdownOutput());
        ClientFixture client =
                fixture.connect(fixture.serve(EndpointSettings.builder().halfClose(true), factory));

        client.finish().expectEnd();

        assertEquals(Kind.CLOSED_BY_PROTOCOL, factory.next().awaitLost().kind());
    }

    @OverEveryWire
    void shutdownOutputSendsFinAfterPendingOutputAndReadingGoesOn() throws Exception {
        byte[] sent = new byte[fixture.fitting(16 << 20)];
        factory.made(protocol -> {
            protocol.write(sent);
            protocol.transport().shutdownOutput();
            protocol.transport().shutdownOutput();
            protocol.write("dropped");
        });
        ClientFixture client = fixture.connect(fixture.serve(factory));

        assertEquals(sent.length, client.readToEnd().length);
        client.send("still heard");
        eventually(() -> factory.all().get(0).received().equals("still heard"));
        client.finish();
        assertEquals(Kind.CLOSED_BY_PEER, factory.next().awaitLost().kind());
    }
}
