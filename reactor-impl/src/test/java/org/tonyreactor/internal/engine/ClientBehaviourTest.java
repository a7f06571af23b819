package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.ConnectSettings;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.ListeningPort;
import org.tonyreactor.reactor.PendingConnection;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.ScheduledCall;

/** The client side, and what one user of the reactor has opened. */
@Timeout(60)
class ClientBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture server = ProtocolFixture.echo();
    private final ProtocolFixture client = new ProtocolFixture();

    @OverEveryWire
    void connectedProtocolTalksBothWays() throws Exception {
        EngineReactor reactor = reactor();
        client.made(protocol -> protocol.write("hello"));

        Protocol connected = await(reactor.connect(address(fixture.serve(server)), ConnectSettings.DEFAULTS, client));

        assertSame(client.next(), connected);
        eventually(() -> client.all().get(0).received().equals("hello"));
        connected.closeConnection();
        assertEquals(Kind.CLOSED_BY_PROTOCOL, client.all().get(0).awaitLost().kind());
        assertEquals(Kind.CLOSED_BY_PEER, server.next().awaitLost().kind());
    }

    @Test
    void stageCompletesAfterConnectionMadeOnTheWorker() throws Exception {
        EngineReactor reactor = reactor();

        String seen = reactor.connect(address(fixture.serve(server)), ConnectSettings.DEFAULTS, client)
                .connected()
                .thenApply(protocol ->
                        client.all().get(0).events() + Thread.currentThread().getName())
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);

        // A stage that is attached after the completion runs on the thread that attaches it.
        assertTrue(
                List.of(
                                "[made]reactor-worker-0",
                                "[made]" + Thread.currentThread().getName())
                        .contains(seen),
                seen);
    }

    @OverEveryWire
    void closedPortFailsTheStage() throws Exception {
        PendingConnection pending = reactor()
                .connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), EngineFixture.freePort()),
                        ConnectSettings.DEFAULTS,
                        client);

        assertInstanceOf(ConnectException.class, failure(pending));
        assertTrue(client.all().isEmpty());
        eventually(() -> fixture.engine().view().poolUsed() == 0);
    }

    @OverEveryWire
    void unresolvedAddressFailsTheStage() throws Exception {
        PendingConnection pending = reactor()
                .connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1), ConnectSettings.DEFAULTS, client);

        assertInstanceOf(IOException.class, failure(pending));
        eventually(() -> fixture.engine().view().poolUsed() == 0);
    }

    @OverEveryWire
    void nullProtocolFailsTheStageAndClosesPolitely() throws Exception {
        EngineReactor reactor = reactor();

        PendingConnection pending =
                reactor.connect(address(fixture.serve(server)), ConnectSettings.DEFAULTS, peer -> null);

        assertInstanceOf(IOException.class, failure(pending));
        assertEquals(Kind.CLOSED_BY_PEER, server.next().awaitLost().kind());
    }

    @OverEveryWire
    void faultInConnectionMadeFailsTheStage() throws Exception {
        IOException thrown = new IOException("on purpose");
        client.made(protocol -> {
            throw thrown;
        });
        EngineReactor reactor = reactor();

        assertSame(thrown, failure(reactor.connect(address(fixture.serve(server)), ConnectSettings.DEFAULTS, client)));
        assertEquals(Kind.PROTOCOL_ERROR, client.next().awaitLost().kind());
    }

    @Test
    void cancelledConnectNeverAsksTheFactory() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        FactoryBinding binding = fixture.serve(server);
        EngineReactor reactor = reactor();
        fixture.connect(
                fixture.serve(fixture.checks(new ProtocolFixture().made(protocol -> EngineFixture.await(cancelled)))));

        PendingConnection pending = reactor.connect(address(binding), ConnectSettings.DEFAULTS, client);
        assertTrue(pending.cancel());
        assertFalse(pending.cancel());
        cancelled.countDown();

        assertInstanceOf(CancellationException.class, failure(pending));
        eventually(() -> fixture.engine().view().poolUsed() == 1);
        assertTrue(client.all().isEmpty());
    }

    @OverEveryWire
    void closedReactorEndsItsConnectionsTimersAndPorts() throws Exception {
        EngineReactor other = reactor();
        EngineReactor reactor = reactor();
        ListeningPort port = reactor.listen(EndpointSettings.port(0), fixture.checks(server));
        await(reactor.connect(port.localAddress(), ConnectSettings.DEFAULTS, client));
        ScheduledCall timer = reactor.callLater(Duration.ofDays(1), () -> fail("a dead timer ran"));
        ScheduledCall othersTimer = other.callLater(Duration.ofDays(1), () -> {});
        eventually(() -> fixture.engine().view().workers().get(0).timers() >= 2);

        reactor.close();

        assertEquals(Kind.SERVICE_GONE, server.next().awaitLost().kind());
        client.next().awaitLost();
        assertFalse(port.isOpen());
        eventually(timer::isDone);
        assertFalse(othersTimer.isDone());
        assertThrows(ConnectException.class, () -> fixture.connect(portOf(port)));
        assertThrows(IllegalStateException.class, () -> reactor.callLater(Duration.ZERO, () -> {}));
        assertThrows(
                IllegalStateException.class,
                () -> reactor.connect(port.localAddress(), ConnectSettings.DEFAULTS, client));
        assertThrows(IllegalStateException.class, () -> reactor.listen(EndpointSettings.port(0), server));
    }

    /** The descriptor is closed long before the attempt would have ended by itself. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void cancelledConnectLetsItsDescriptorGo() throws Exception {
        EngineReactor reactor = reactor();
        try (EngineFixture.Squatter full = fixture.squat(0)) {
            fixture.connect(full.port());
            fixture.connect(full.port());
            Set<String> before = sockets();
            ConnectSettings patient = ConnectSettings.DEFAULTS.withTimeoutMillis(600_000);
            PendingConnection pending = reactor.connect(full.wire().localAddress(), patient, client);
            eventually(() -> !before.containsAll(sockets()));

            assertTrue(pending.cancel());

            eventually(() -> before.containsAll(sockets()));
            assertInstanceOf(CancellationException.class, failure(pending));
            eventually(() -> fixture.engine().view().poolUsed() == 0);
        }
    }

    /** The sockets of this process, by their inodes. */
    private static Set<String> sockets() throws IOException {
        Set<String> sockets = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : descriptors) {
                try {
                    sockets.add(Files.readSymbolicLink(each).toString());
                } catch (NoSuchFileException e) {
                    // It was the one of this look.
                }
            }
        }
        sockets.removeIf(each -> !each.startsWith("socket:"));
        return sockets;
    }

    @Test
    void closedReactorFailsAPendingConnect() throws Exception {
        EngineReactor reactor = reactor();
        try (EngineFixture.Squatter full = fixture.squat(0)) {
            fixture.connect(full.port());
            fixture.connect(full.port());
            PendingConnection pending = reactor.connect(full.wire().localAddress(), ConnectSettings.DEFAULTS, client);
            eventually(() -> fixture.engine().view().poolUsed() == 1);

            reactor.close();

            assertInstanceOf(IOException.class, failure(pending));
            eventually(() -> fixture.engine().view().poolUsed() == 0);
        }
    }

    @OverEveryWire
    void addressInUseMakesListenThrow() throws Exception {
        EngineReactor reactor = reactor();
        try (EngineFixture.Squatter squatter = fixture.squat(0)) {
            EndpointSettings taken = EndpointSettings.port(squatter.port());

            UncheckedIOException thrown = assertThrows(UncheckedIOException.class, () -> reactor.listen(taken, server));

            assertInstanceOf(BindException.class, thrown.getCause());
        }
        assertTrue(fixture.engine().bindings().isEmpty());
    }

    @OverEveryWire
    void addressOfAnotherFactoryMakesListenThrow() throws Exception {
        EngineReactor reactor = reactor();
        ListeningPort first = reactor.listen(EndpointSettings.port(EngineFixture.freePort()), server);

        assertThrows(UncheckedIOException.class, () -> reactor.listen(EndpointSettings.port(portOf(first)), client));

        fixture.connect(portOf(first)).send("x").readText(1);
    }

    @OverEveryWire
    void listenOnAReactorThreadThrows() throws Exception {
        EngineReactor reactor = reactor();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();

        reactor.callLater(
                Duration.ZERO,
                () -> thrown.complete(assertThrows(
                        IllegalStateException.class, () -> reactor.listen(EndpointSettings.port(0), server))));

        assertNotNull(EngineFixture.get(thrown));
    }

    @OverEveryWire
    void timerThatThrowsHarmsNoOther() throws Exception {
        EngineReactor reactor = reactor();
        CountDownLatch ran = new CountDownLatch(1);

        reactor.callLater(Duration.ZERO, () -> {
            throw new StackOverflowError("on purpose");
        });
        reactor.callLater(Duration.ofMillis(1), ran::countDown);

        EngineFixture.await(ran);
    }

    private EngineReactor reactor() throws IOException {
        fixture.checks(client);
        return fixture.engine().newReactor();
    }

    private SocketAddress address(FactoryBinding binding) throws IOException {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port(binding));
    }

    private static int portOf(ListeningPort port) {
        return ((InetSocketAddress) port.localAddress()).getPort();
    }

    private static Protocol await(PendingConnection pending) throws Exception {
        return EngineFixture.get(pending.connected().toCompletableFuture());
    }

    private static Throwable failure(PendingConnection pending) throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        pending.connected().whenComplete((protocol, thrown) -> failure.complete(Objects.requireNonNull(thrown)));
        return EngineFixture.get(failure);
    }
}
