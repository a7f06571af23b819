package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.reactor.EndpointSettings.Output;
import org.tonyreactor.transport.CloseReason.Kind;

/** How connections end, with which reason. That each is told once is checked by the fixture for every test. */
@Timeout(60)
class EndingsBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void connectionMadeComesBeforeDataAndConnectionLostLast() throws Exception {
        ClientFixture client =
                fixture.connect(fixture.serve(factory)).send("early").finish();

        factory.next().awaitLost();

        client.expectEnd();
        assertEquals(
                List.of("made", "data", "inputEnded", "lost"),
                factory.all().get(0).events());
        assertEquals("early", factory.all().get(0).received());
    }

    @OverEveryWire
    void finOfThePeerEndsAsClosedByPeer() throws Exception {
        ClientFixture client = fixture.connect(fixture.serve(factory)).finish();

        assertEquals(Kind.CLOSED_BY_PEER, factory.next().awaitLost().kind());
        client.expectEnd();
    }

    @OverEveryWire
    void rstOfThePeerEndsAsReset() throws Exception {
        ClientFixture client = fixture.connect(fixture.serve(factory));
        ProtocolFixture.Recorded protocol = factory.next();

        client.reset();

        assertEquals(Kind.RESET, protocol.awaitLost().kind());
    }

    @OverEveryWire
    void closeEndsAsClosedByProtocol() throws Exception {
        factory.data((protocol, data) -> protocol.closeConnection());
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");

        assertEquals(Kind.CLOSED_BY_PROTOCOL, factory.next().awaitLost().kind());
        client.expectEnd();
    }

    @OverEveryWire
    void abortInsideDataReceivedSendsRst() throws Exception {
        factory.data((protocol, data) -> protocol.abortConnection());
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");

        assertEquals(Kind.ABORTED, factory.next().awaitLost().kind());
        client.expectReset();
    }

    @OverEveryWire
    void abortFromAnotherThreadSendsRst() throws Exception {
        ClientFixture client = fixture.connect(fixture.serve(factory));
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");

        protocol.abortConnection();

        assertEquals(Kind.ABORTED, protocol.awaitLost().kind());
        client.expectReset();
    }

    @OverEveryWire
    void idleConnectionEndsAsIdleTimeout() throws Exception {
        ClientFixture client = fixture.connect(fixture.serve(
                EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withIdleTimeoutMillis(50)), factory));

        assertEquals(Kind.IDLE_TIMEOUT, factory.next().awaitLost().kind());
        client.expectEnd();
    }

    @OverEveryWire
    void tooMuchPendingOutputEndsAsSlowConsumer() throws Exception {
        byte[] chunk = new byte[1 << 20];
        factory.data((protocol, data) -> {
            for (int i = 0; i < 64; i++) {
                protocol.write(chunk);
            }
            assertFalse(protocol.transport().isOpen());
        });

        ClientFixture client = fixture.connect(fixture.serve(
                        EndpointSettings.DEFAULTS.withOutput(
                                Output.DEFAULTS.withMaxBytes(chunk.length).withHighBytes(chunk.length)),
                        factory))
                .send("x");

        assertEquals(Kind.SLOW_CONSUMER, factory.next().awaitLost().kind());
        client.expectReset();
    }

    @OverEveryWire
    void tooMuchPendingOutputOfOtherThreadsEndsAsSlowConsumer() throws Exception {
        ClientFixture client = fixture.connect(fixture.serve(
                EndpointSettings.DEFAULTS.withOutput(
                        Output.DEFAULTS.withMaxBytes(1 << 20).withHighBytes(1 << 20)),
                factory));
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");

        protocol.write(new byte[2 << 20]);

        assertEquals(Kind.SLOW_CONSUMER, protocol.awaitLost().kind());
        client.expectReset();
    }

    @OverEveryWire
    void closedBindingEndsItsConnectionsAsServiceGone() throws Exception {
        FactoryBinding binding = fixture.serve(factory);
        ClientFixture client = fixture.connect(binding);
        factory.next().awaitEvent("made");

        assertTrue(fixture.engine().close(binding));

        assertTrue(factory.all().get(0).isLost());
        assertEquals(Kind.SERVICE_GONE, factory.all().get(0).awaitLost().kind());
        client.expectEnd();
    }

    @OverEveryWire
    void stoppedEngineEndsAllConnectionsAsEngineStopped() throws Exception {
        FactoryBinding binding = fixture.serve(factory);
        ClientFixture client = fixture.connect(binding);
        factory.next().awaitEvent("made");

        fixture.engine().close();

        assertTrue(factory.all().get(0).isLost());
        assertEquals(Kind.ENGINE_STOPPED, factory.all().get(0).awaitLost().kind());
        client.expectEnd();
    }

    @OverEveryWire
    void peerThatSpeaksAsTheEngineStopsSeesFin() throws Exception {
        FactoryBinding binding = fixture.serve(factory);
        ClientFixture client = fixture.connect(binding);
        factory.next().awaitEvent("made");
        factory.lost(protocol -> client.send("under way"));

        fixture.engine().close();

        client.expectFinOnly();
    }

    @OverEveryWire
    void peerThatWaitsForAFactoryAsTheEngineStopsSeesFin() throws Exception {
        FactoryBinding binding = fixture.serve(factory);
        int port = fixture.port(binding);
        fixture.engine().closeForSuccessor(List.of(binding));
        ClientFixture client = fixture.connect(port).send("for the next one");

        fixture.engine().close();

        client.expectFinOnly();
    }

    @OverEveryWire
    void firstReasonCounts() throws Exception {
        factory.data((protocol, data) -> {
            protocol.closeConnection();
            protocol.abortConnection();
            throw new IllegalStateException("thrown on purpose");
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");

        assertEquals(Kind.CLOSED_BY_PROTOCOL, factory.next().awaitLost().kind());
        client.expectReset();
    }

    @OverEveryWire
    void closeWhoseOutputThePeerResetsEndsAsReset() throws Exception {
        factory.made(protocol -> {
            protocol.write(new byte[fixture.fitting(16 << 20)]);
            protocol.closeConnection();
        });
        ClientFixture client = fixture.connect(fixture.serve(factory));
        client.readText(1);

        client.reset();

        assertEquals(Kind.RESET, factory.next().awaitLost().kind());
    }

    @OverEveryWire
    void closeAndAbortBeforeTheOutputIsSentEndsAsAborted() throws Exception {
        factory.made(protocol -> {
            protocol.write(new byte[fixture.fitting(16 << 20)]);
            protocol.closeConnection();
            protocol.abortConnection();
        });

        ClientFixture client = fixture.connect(fixture.serve(factory));

        assertEquals(Kind.ABORTED, factory.next().awaitLost().kind());
        client.reset();
    }

    @OverEveryWire
    void closeThatStillSendsWhenTheFactoryGoesEndsAsServiceGone() throws Exception {
        factory.made(protocol -> {
            protocol.write(new byte[fixture.fitting(16 << 20)]);
            protocol.closeConnection();
        });
        FactoryBinding binding = fixture.serve(factory);
        ClientFixture client = fixture.connect(binding);
        client.readText(1);

        fixture.engine().closeForSuccessor(List.of(binding));

        assertEquals(Kind.SERVICE_GONE, factory.next().awaitLost().kind());
        assertEquals(fixture.fitting(16 << 20) - 1, client.readToEnd().length);
    }

    @OverEveryWire
    void secondCloseIsANoOp() throws Exception {
        factory.data((protocol, data) -> {
            protocol.write("bye");
            protocol.closeConnection();
            protocol.closeConnection();
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");

        assertArrayEquals(new byte[] {'b', 'y', 'e'}, client.readToEnd());
        factory.next().awaitLost();
    }

    @OverEveryWire
    void closeInsideConnectionMadeSendsWhatWasWrittenBefore() throws Exception {
        factory.made(protocol -> {
            protocol.write("full");
            protocol.closeConnection();
        });
        FactoryBinding binding = fixture.serve(factory);
        suspendAccepting(binding, true); // What the peer sends is there before the connection closes.
        ClientFixture client = fixture.connect(binding).send("never read by the protocol");
        suspendAccepting(binding, false);

        assertEquals("full", client.readText(4));
        client.expectEnd();
        client.close();
        factory.next().awaitLost();
        assertEquals(List.of("made", "lost"), factory.all().get(0).events());
    }

    @OverEveryWire
    void abortInsideConnectionMadeSendsRst() throws Exception {
        factory.made(protocol -> protocol.abortConnection());
        FactoryBinding binding = fixture.serve(factory);

        // The RST may come before connect has returned.
        assertThrows(SocketException.class, () -> fixture.connect(binding).readToEnd());
        assertEquals(Kind.ABORTED, factory.next().awaitLost().kind());
    }

    @OverEveryWire
    void everyCallInsideConnectionLostIsANoOp() throws Exception {
        ByteBuffer late = ByteBuffer.wrap(new byte[9]);
        factory.lost(protocol -> {
            protocol.write(late);
            protocol.transport().shutdownOutput();
            protocol.transport().pauseReading();
            protocol.transport().resumeReading();
            protocol.closeConnection();
            protocol.abortConnection();
        });
        fixture.connect(fixture.serve(factory)).finish();

        assertEquals(Kind.CLOSED_BY_PEER, factory.next().awaitLost().kind());
        assertFalse(late.hasRemaining());
    }

    @OverEveryWire
    void writeAfterCloseIsANoOpThatConsumesTheBuffer() throws Exception {
        ByteBuffer late = ByteBuffer.wrap(new byte[9]);
        factory.data((protocol, data) -> {
            protocol.closeConnection();
            protocol.write(late);
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");

        client.expectEnd();
        factory.next().awaitLost();
        assertFalse(late.hasRemaining());
    }

    private void suspendAccepting(FactoryBinding binding, boolean on) throws IOException {
        fixture.engine().control().suspendAccepting(binding.settings().address().host(), fixture.port(binding), on);
    }
}
