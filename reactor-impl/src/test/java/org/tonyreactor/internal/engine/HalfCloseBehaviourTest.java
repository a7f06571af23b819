package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.CloseReason.Kind;

/** Connections of which one side has sent FIN. */
@Timeout(60)
class HalfCloseBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void halfClosedPeerIsStillWrittenTo() throws Exception {
        factory.inputEnded(protocol -> protocol.callLater(Duration.ofMillis(5), () -> {
            protocol.write("and yet it writes");
            protocol.closeConnection();
        }));
        ClientFixture client = fixture.connect(fixture.serve(factory));

        client.send("question").finish();

        assertEquals("and yet it writes", client.readText(17));
        client.expectEnd();
        assertEquals(Kind.CLOSED_BY_PEER, factory.next().awaitLost().kind());
        assertEquals(
                List.of("made", "data", "inputEnded", "lost"),
                factory.all().get(0).events());
    }

    @OverEveryWire
    void connectionShutOnBothSidesEnds() throws Exception {
        factory.made(protocol -> protocol.transport().shutdownOutput()).inputEnded(protocol -> {});
        ClientFixture client = fixture.connect(fixture.serve(factory));
        client.expectEnd();

        client.finish();

        assertEquals(Kind.CLOSED_BY_PEER, factory.next().awaitLost().kind());
    }

    @OverEveryWire
    void shutdownOutputAfterTheFinOfThePeerEnds() throws Exception {
        factory.inputEnded(protocol -> protocol.transport().shutdownOutput());
        ClientFixture client = fixture.connect(fixture.serve(factory));

        client.finish().expectEnd();

        assertEquals(Kind.CLOSED_BY_PEER, factory.next().awaitLost().kind());
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

    @OverEveryWire
    void whatWasLeftUnreadIsToldWithTheEnd() throws Exception {
        List<String> rests = new CopyOnWriteArrayList<>();
        factory.data((protocol, data) -> {}).inputEndedWith((protocol, rest) -> {
            rests.add(text(rest));
            protocol.closeConnection();
        });
        ClientFixture client = fixture.connect(fixture.serve(factory));

        client.send("no full line").finish();

        assertEquals(Kind.CLOSED_BY_PEER, factory.next().awaitLost().kind());
        assertEquals(List.of("no full line"), rests);
    }

    @OverEveryWire
    void answersThatTakeTimeAllReachAPeerThatHasSentFin() throws Exception {
        factory.data((protocol, data) -> {
                    for (char each : text(data).replace("\n", "").toCharArray()) {
                        protocol.callLater(Duration.ofMillis(200), () -> protocol.write("<" + each + ">"));
                    }
                })
                .inputEnded(protocol -> {});
        EndpointSettings settings =
                EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withInputEndedTimeoutMillis(20));
        ClientFixture client = fixture.connect(fixture.serve(settings, factory));

        client.send("a\nb\nc\n").finish();

        assertEquals("<a><b><c>", client.readText(9));
        client.expectEnd();
        assertEquals(Kind.CLOSED_BY_PEER, factory.next().awaitLost().kind());
    }

    @OverEveryWire
    void endOfInputWaitsUntilReadingGoesOnAndAllIsPresented() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        factory.data((protocol, data) -> {
                    told.add(text(data.duplicate()));
                    if (told.size() == 1) {
                        protocol.transport().pauseReading();
                        protocol.callLater(
                                Duration.ofMillis(20),
                                () -> protocol.transport().resumeReading());
                    }
                })
                .inputEndedWith((protocol, rest) -> {
                    told.add("end " + text(rest));
                    protocol.closeConnection();
                });
        ClientFixture client = fixture.connect(fixture.serve(factory));

        client.send("x").finish();

        factory.next().awaitLost();
        assertEquals(List.of("x", "x", "end x"), told);
    }

    @OverEveryWire
    void transportSaysWhetherTheEndOfInputWasTold() throws Exception {
        List<Boolean> ended = new CopyOnWriteArrayList<>();
        factory.data((protocol, data) -> ended.add(protocol.transport().isInputEnded()))
                .inputEnded(protocol -> {
                    ended.add(protocol.transport().isInputEnded());
                    protocol.closeConnection();
                });

        fixture.connect(fixture.serve(factory)).send("x").finish();

        factory.next().awaitLost();
        assertEquals(List.of(false, true), ended);
    }

    @OverEveryWire
    void connectionThatNothingHappensOnAfterTheFinEnds() throws Exception {
        factory.inputEnded(protocol -> {});
        EndpointSettings settings =
                EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withInputEndedTimeoutMillis(20));

        ClientFixture client = fixture.connect(fixture.serve(settings, factory)).finish();

        client.expectEnd();
        assertEquals(Kind.CLOSED_BY_PEER, factory.next().awaitLost().kind());
    }

    @OverEveryWire
    void operatorsCloseAfterTheFinIsTheEndOfThePeer() throws Exception {
        factory.inputEnded(protocol -> {});
        ClientFixture client = fixture.connect(fixture.serve(factory)).finish();
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("inputEnded");

        assertTrue(
                fixture.engine().control().closeConnection(protocol.transport().id()));

        client.expectEnd();
        assertEquals(Kind.CLOSED_BY_PEER, protocol.awaitLost().kind());
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.US_ASCII.decode(bytes).toString();
    }
}
