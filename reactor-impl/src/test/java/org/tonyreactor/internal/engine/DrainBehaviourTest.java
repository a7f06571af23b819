package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.connection.ConnectedPeer;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.CloseReason.Kind;

/** What becomes of connections when their binding is closed or the engine stops. */
@Timeout(60)
class DrainBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();
    private final EndpointSettings patient =
            EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(50_000));

    @OverEveryWire
    void idleConnectionsEndAtOnce() throws Exception {
        FactoryBinding binding = fixture.serve(patient, factory);
        ClientFixture client = fixture.connect(binding);
        factory.next().awaitEvent("made");

        assertTrue(fixture.engine().close(binding));

        assertTrue(factory.all().get(0).isLost());
        client.expectEnd();
        assertTrue(fixture.engine().bindings().isEmpty());
    }

    @OverEveryWire
    void pendingOutputIsGivenTheDrainTime() throws Exception {
        factory.made(protocol -> protocol.write(new byte[volume()]));
        FactoryBinding binding = fixture.serve(patient, factory);
        ClientFixture client = fixture.connect(binding);
        factory.next().awaitEvent("made");

        CompletableFuture<Boolean> closed = closing(binding);

        assertFalse(factory.all().get(0).isLost());
        assertEquals(volume(), client.readToEnd().length);
        assertTrue(EngineFixture.get(closed));
        assertEquals(Kind.SERVICE_GONE, factory.all().get(0).awaitLost().kind());
    }

    @OverEveryWire
    void beginningOfAFrameIsGivenTheDrainTime() throws Exception {
        factory.data((protocol, data) -> {
            if (data.remaining() == 5) {
                protocol.write("?");
            } else if (data.remaining() == 10) {
                protocol.take(data);
                protocol.write("?reply");
            }
        });
        FactoryBinding binding = fixture.serve(patient, factory);
        ClientFixture client = fixture.connect(binding).send("12345");
        client.readText(1);

        CompletableFuture<Boolean> closed = closing(binding);
        assertFalse(factory.next().isLost());
        client.send("67890");

        assertEquals("?reply", client.readText(6));
        client.expectEnd();
        assertTrue(EngineFixture.get(closed));
        assertEquals(Kind.SERVICE_GONE, factory.all().get(0).awaitLost().kind());
    }

    @OverEveryWire
    void connectionThatHasPausedReadingEndsOnceItReadsAgain() throws Exception {
        factory.made(protocol -> protocol.transport().pauseReading());
        FactoryBinding binding = fixture.serve(patient, factory);
        ClientFixture client = fixture.connect(binding);
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");
        CompletableFuture<Boolean> closed = closing(binding);
        assertFalse(protocol.isLost());

        protocol.transport().execute(() -> protocol.transport().resumeReading());

        assertTrue(EngineFixture.get(closed));
        assertEquals(Kind.SERVICE_GONE, protocol.awaitLost().kind());
        client.expectEnd();
    }

    @OverEveryWire
    void deadlineEndsWhoHasNotFinished() throws Exception {
        factory.made(protocol -> protocol.write(new byte[volume()]));
        FactoryBinding binding = fixture.serve(
                EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(50)), factory);
        ClientFixture client = fixture.connect(binding);
        factory.next().awaitEvent("made");

        assertTrue(fixture.engine().close(binding));

        assertEquals(Kind.SERVICE_GONE, factory.all().get(0).awaitLost().kind());
        client.expectReset();
    }

    @OverEveryWire
    void otherBindingsGoOn() throws Exception {
        ClientFixture bystander = fixture.connect(fixture.serve(ProtocolFixture.echo()));
        FactoryBinding binding = fixture.serve(factory);
        fixture.connect(binding);
        factory.next().awaitEvent("made");

        assertTrue(fixture.engine().close(binding));

        assertEquals("on", bystander.send("on").readText(2));
    }

    @OverEveryWire
    void closingABindingInsideItsOwnCallbackDoesNotWait() throws Exception {
        CompletableFuture<FactoryBinding> binding = new CompletableFuture<>();
        factory.data((protocol, data) -> {
            protocol.take(data);
            protocol.write(String.valueOf(fixture.engine().close(binding.join())));
        });
        binding.complete(fixture.serve(factory));
        ClientFixture client = fixture.connect(binding.join()).send("x");

        assertEquals("false", client.readText(5));
        client.expectEnd();
        assertEquals(Kind.SERVICE_GONE, factory.next().awaitLost().kind());
    }

    @OverEveryWire
    void closedBindingReferencesItsFactoryNoMore() throws Exception {
        FactoryBinding binding = fixture.serve(factory);
        fixture.connect(binding);
        factory.next().awaitEvent("made");

        fixture.engine().close(binding);

        assertNull(binding.newProtocol(0, new ConnectedPeer(new InetSocketAddress(0), new InetSocketAddress(0))));
        eventually(() -> binding.openConnections() == 0);
    }

    @OverEveryWire
    void closedPortIsFreeWhenCloseReturns() throws Exception {
        FactoryBinding binding = fixture.serve(factory);
        int port = fixture.port(binding);

        fixture.engine().close(binding);

        fixture.squat(port).close();
    }

    @Test
    void stoppingEngineGivesPendingOutputItsTime() throws Exception {
        factory.made(protocol -> protocol.write(new byte[volume()]));
        fixture.start(new EngineSettings(2, 64, 0, 65_536, 256, 0, 50_000));
        ClientFixture client = fixture.connect(fixture.serve(factory));
        factory.next().awaitEvent("made");

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(fixture.engine()::close);

        assertEquals(volume(), client.readToEnd().length);
        EngineFixture.get(stopped);
        assertEquals(Kind.ENGINE_STOPPED, factory.all().get(0).awaitLost().kind());
    }

    @OverEveryWire
    void engineStoppedInsideACallbackTellsEveryConnection() throws Exception {
        Engine engine = fixture.start(EngineFixture.ONE_WORKER.withWorkers(2));
        factory.data((protocol, data) -> {
            protocol.take(data);
            engine.close();
        });
        FactoryBinding binding = fixture.serve(factory);
        ClientFixture one = fixture.connect(binding);
        ClientFixture other = fixture.connect(binding);
        factory.next().awaitEvent("made");
        factory.next().awaitEvent("made");

        one.send("x").expectEnd();
        other.expectEnd();

        for (ProtocolFixture.Recorded each : factory.all()) {
            assertEquals(Kind.ENGINE_STOPPED, each.awaitLost().kind());
        }
    }

    @Test
    void engineStopsAndStartsAgainWithoutAComplaint() throws Exception {
        try (LogFixture log = new LogFixture()) {
            for (int i = 0; i < 20; i++) {
                Engine.start(EngineFixture.ONE_WORKER.withWorkers(2)).close();
            }

            assertFalse(log.text().contains("WARN") || log.text().contains("ERROR"), log::text);
        }
    }

    @OverEveryWire
    void callsToAStoppedEngineReturnAtOnce() throws Exception {
        FactoryBinding binding = fixture.serve(factory);
        EngineReactor reactor = fixture.engine().newReactor();
        fixture.engine().close();

        try (LogFixture log = new LogFixture()) {
            fixture.engine().close();
            reactor.close();
            fixture.engine().unbind(binding);
            assertTrue(fixture.engine().close(binding));

            assertFalse(log.text().contains("is not done"), log::text);
        }
    }

    /** More bytes than the network and a peer take that reads nothing. */
    private int volume() {
        return fixture.fitting(16 << 20);
    }

    /** Begins to close a binding and returns when it drains. */
    private CompletableFuture<Boolean> closing(FactoryBinding binding) {
        CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> engine().close(binding));
        eventually(() -> fixture.view(binding).state() == BindingView.State.DRAINING);
        return closed;
    }

    private Engine engine() {
        try {
            return fixture.engine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
