package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.BindFailure;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.Transport;

/** Binding, accepting, limits, and several factories on one address. */
@Timeout(60)
class ListenerBehaviourTest {
    private static final Rank LOW = new Rank(1, 1, 1);
    private static final Rank HIGH = new Rank(2, 2, 2);

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void connectionsAboveTheLimitAreRefusedAndCounted() throws Exception {
        ProtocolFixture echo = ProtocolFixture.echo();
        FactoryBinding binding =
                fixture.serve(EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withConnectionsMax(2)), echo);
        ClientFixture first = fixture.connect(binding);
        ClientFixture second = fixture.connect(binding);

        fixture.connect(binding).expectEnd();
        fixture.connect(binding).expectEnd();

        assertEquals("1", first.send("1").readText(1));
        assertEquals("2", second.send("2").readText(1));
        assertEquals(2, binding.refusedConnections());
        assertEquals(2, binding.acceptedConnections());
        first.finish().expectEnd();
        eventually(() -> binding.openConnections() == 1);
        assertEquals("3", fixture.connect(binding).send("3").readText(1));
    }

    @OverEveryWire
    void connectionsAboveThePoolAreTurnedAwayAndCounted() throws Exception {
        fixture.start(new EngineSettings(1, 1, 2, 65_536, 256, 0, 2_000));
        FactoryBinding binding = fixture.serve(ProtocolFixture.echo());
        ClientFixture first = fixture.connect(binding);
        ClientFixture second = fixture.connect(binding);

        fixture.connect(binding).expectEnd();

        assertEquals(1, fixture.engine().view().exhausted());
        assertEquals("12", first.send("1").readText(1) + second.send("2").readText(1));
        second.finish().expectEnd();
        eventually(() -> fixture.engine().view().poolUsed() == 1);
        assertEquals("3", fixture.connect(binding).send("3").readText(1));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void ipv4AddressHasAnIpv4Socket() throws Exception {
        FactoryBinding narrow =
                fixture.serve(EndpointSettings.DEFAULTS.withAddress(Address.DEFAULTS.withHost("127.0.0.1")), factory);
        FactoryBinding wide =
                fixture.serve(EndpointSettings.DEFAULTS.withAddress(Address.DEFAULTS.withHost("*")), factory);

        assertTrue(isListedAmongIpv4(fixture.port(narrow)));
        assertFalse(isListedAmongIpv4(fixture.port(wide)));
    }

    @OverEveryWire
    void peersThatResetBeforeTheyAreAcceptedHarmNobody() throws Exception {
        FactoryBinding binding = fixture.serve(ProtocolFixture.echo());

        for (int i = 0; i < 300; i++) {
            fixture.connect(binding).reset();
        }

        assertEquals("good", fixture.connect(binding).send("good").readText(4));
        eventually(() -> binding.openConnections() == 1);
    }

    @OverEveryWire
    void betterRankedFactoryTakesNewConnectionsAndTheOldOnesGoOn() throws Exception {
        EndpointSettings address = EndpointSettings.port(EngineFixture.freePort());
        FactoryBinding low = fixture.serve(address, LOW, named("low"));
        ClientFixture old = fixture.connect(low);
        assertEquals("low", old.readText(3));

        FactoryBinding high = fixture.serve(address, HIGH, named("high"));

        assertEquals(BindingView.State.SHADOWED, fixture.view(low).state());
        assertEquals(BindingView.State.BOUND, fixture.view(high).state());
        assertEquals("high", fixture.connect(high).readText(4));
        assertEquals("still", old.send("still").readText(5));
    }

    @OverEveryWire
    void shadowedFactoryTakesOverWithoutClosingTheListener() throws Exception {
        int port = EngineFixture.freePort();
        EndpointSettings address = EndpointSettings.port(port);
        FactoryBinding low = fixture.serve(address, LOW, named("low"));

        for (int i = 0; i < 50; i++) {
            FactoryBinding high = fixture.serve(address, HIGH, named("high"));
            assertEquals("high", fixture.connect(port).readText(4));
            fixture.engine().unbind(high);
            assertEquals("low", fixture.connect(port).readText(3));
        }

        assertEquals(BindingView.State.BOUND, fixture.view(low).state());
    }

    @OverEveryWire
    void unbindClosesTheListenerAndKeepsTheConnections() throws Exception {
        ProtocolFixture echo = ProtocolFixture.echo();
        FactoryBinding binding = fixture.serve(echo);
        int port = fixture.port(binding);
        ClientFixture client = fixture.connect(binding);
        echo.next().awaitEvent("made");

        fixture.engine().unbind(binding);

        assertThrows(ConnectException.class, () -> fixture.connect(port));
        assertEquals("on", client.send("on").readText(2));
        assertEquals(BindingView.State.DRAINING, fixture.view(binding).state());
    }

    @OverEveryWire
    void addressInUseIsReportedAndServedWhenItIsFreed() throws Exception {
        FactoryBinding binding;
        try (EngineFixture.Squatter squatter = fixture.squat(0)) {
            binding = fixture.serve(EndpointSettings.port(squatter.port()), factory);

            assertEquals(BindingView.State.FAILED, fixture.view(binding).state());
            BindFailure failure = fixture.view(binding).failure();
            assertNotNull(failure);
            assertEquals(BindFailure.Kind.ADDRESS_IN_USE, failure.kind());
        }

        eventually(() -> fixture.view(binding).state() == BindingView.State.BOUND);
        fixture.connect(binding);
        factory.next().awaitEvent("made");
    }

    @OverEveryWire
    void unknownHostIsReported() throws Exception {
        FactoryBinding binding =
                fixture.serve(EndpointSettings.DEFAULTS.withAddress(Address.DEFAULTS.withHost("192.0.2.1")), factory);

        BindFailure failure = fixture.view(binding).failure();

        assertNotNull(failure);
        assertEquals(BindFailure.Kind.ADDRESS_UNAVAILABLE, failure.kind());
    }

    @OverEveryWire
    void starServesAllInterfaces() throws Exception {
        FactoryBinding binding =
                fixture.serve(EndpointSettings.DEFAULTS.withAddress(Address.DEFAULTS.withHost("*")), factory);

        fixture.connect(binding).send("heard").finish().expectEnd();

        assertEquals("heard", factory.next().received());
    }

    @OverEveryWire
    void bindingCountsConnectionsAndBytes() throws Exception {
        FactoryBinding binding = fixture.serve(ProtocolFixture.echo());

        fixture.connect(binding).send("12345").finish().readToEnd();

        eventually(() -> binding.openConnections() == 0);
        assertEquals(
                List.of(1L, 5L, 5L), List.of(binding.acceptedConnections(), binding.bytesIn(), binding.bytesOut()));
    }

    @OverEveryWire
    void transportKnowsItsEndpointAndPeer() throws Exception {
        FactoryBinding binding =
                fixture.serve(EndpointSettings.DEFAULTS.withAddress(Address.DEFAULTS.withName("greeter")), factory);
        fixture.connect(binding);

        Transport transport = factory.next().transport();

        assertEquals("greeter", transport.endpointName());
        assertEquals(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port(binding)),
                transport.peer().localAddress());
        assertTrue(transport.id() > 0);
    }

    /** Says its name, then echoes. */
    private static ProtocolFixture named(String name) {
        return ProtocolFixture.echo().made(protocol -> protocol.write(name));
    }

    /** Whether the kernel lists a socket with that local port, which was free before, among those of IPv4 (proc(5)). */
    private static boolean isListedAmongIpv4(int port) throws IOException {
        String local = String.format(Locale.ROOT, ":%04X ", port);
        return Files.readString(Path.of("/proc/self/net/tcp")).contains(local);
    }
}
