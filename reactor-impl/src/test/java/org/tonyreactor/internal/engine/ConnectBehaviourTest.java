package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.loop.HostNames;
import org.tonyreactor.internal.engine.loop.OffLoop;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.NetworkFixture;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wires;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.ConnectSettings;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;
import org.tonyreactor.reactor.PendingConnection;
import org.tonyreactor.transport.CloseReason.Kind;

/** How a connection to a server is tried, turn by turn. */
@Timeout(60)
class ConnectBehaviourTest {
    private static final String SERVER = "127.0.0.2";

    private final List<NetworkFixture> networks = new ArrayList<>();

    @RegisterExtension
    final SteppedFixture stepped = new SteppedFixture(1).over(this::watched);

    private final ProtocolFixture client = new ProtocolFixture();
    /** Questions that the test has answered when it likes. */
    private final ArrayDeque<Runnable> questions = new ArrayDeque<>();

    private List<InetAddress> addresses = List.of();
    private final List<String> askedFor = new ArrayList<>();

    private Network watched(Network ours) {
        NetworkFixture watched = new NetworkFixture(ours);
        networks.add(watched);
        return watched;
    }

    @BeforeEach
    void lookUpByHand() {
        lookUpByHand(stepped);
    }

    private void lookUpByHand(SteppedFixture fixture) {
        fixture.engine().lookUpWith(new HostNames(OffLoop.by(questions::add), host -> {
            askedFor.add(host);
            if (addresses.isEmpty()) {
                throw new UnknownHostException("nobody knows " + host);
            }
            return addresses;
        }));
    }

    @OverEveryWire
    void triesAllAddressesOfANameUntilOneAnswers() throws Exception {
        int port = echo(SERVER);
        addresses = addresses("127.0.0.3", "127.0.0.4", SERVER, "127.0.0.5");
        PendingConnection pending = connect(named(port), ConnectSettings.DEFAULTS);
        stepped.settle();
        assertTrue(opened().isEmpty(), "nothing is opened while the name is looked up");

        answer();

        Protocol connected = made(pending);
        assertEquals(List.of("server.example"), askedFor);
        assertEquals(3, opened().size());
        assertEquals(
                SERVER,
                ((InetSocketAddress) connected.transport().peer().remoteAddress())
                        .getAddress()
                        .getHostAddress());
        stepped.step();
        assertEquals(List.of(true, true, false), closed());
    }

    @OverEveryWire
    void failsWithTheLastFailureAndTheOthersBehindIt() throws Exception {
        addresses = addresses("127.0.0.3", "127.0.0.4", "127.0.0.5");
        PendingConnection pending = connect(named(EngineFixture.freePort()), ConnectSettings.DEFAULTS);
        stepped.settle();

        answer();

        Throwable failure = failure(pending);
        assertInstanceOf(ConnectException.class, failure);
        assertEquals(2, failure.getSuppressed().length);
        assertEquals(3, opened().size());
        assertTrue(client.all().isEmpty());
        assertEverythingIsLetGo();
    }

    @Test
    void goesOnFromAnAddressOfTheOtherFamily() throws Exception {
        try (SteppedFixture memory = new SteppedFixture(1, Wires.MEMORY)) {
            lookUpByHand(memory);
            FactoryBinding server = memory.bind(at(SERVER, 0), Rank.NO_SERVICE, ProtocolFixture.echo());
            addresses = addresses("::1", SERVER);

            PendingConnection pending =
                    memory.engine().newReactor().connect(named(memory.port(server)), ConnectSettings.DEFAULTS, client);
            memory.settle();
            answer();

            CompletableFuture<Protocol> outcome = pending.connected().toCompletableFuture();
            memory.until("the connection", outcome::isDone);
            outcome.get();
        }
    }

    @OverEveryWire
    void givesEachAddressAnEqualShareOfTheTime() throws Exception {
        ServerWire full = stepped.listenFull(address("127.0.0.3", 0));
        int port = ((InetSocketAddress) full.localAddress()).getPort();
        bind(at(SERVER, port));
        addresses = addresses("127.0.0.3", SERVER);
        PendingConnection pending = connect(named(port), ConnectSettings.DEFAULTS.withTimeoutMillis(1_000));
        stepped.settle();
        stepped.pass(200);
        answer();
        stepped.settle();

        stepped.pass(399);
        assertEquals(1, opened().size());
        stepped.pass(2);

        made(pending);
        assertEquals(2, opened().size());
        full.close();
    }

    @OverEveryWire
    void failsWhenTheTimeIsOver() throws Exception {
        ServerWire full = stepped.listenFull(address("127.0.0.3", 0));
        PendingConnection pending = connect(full.localAddress(), ConnectSettings.DEFAULTS.withTimeoutMillis(1_000));
        stepped.settle();

        stepped.pass(999);
        assertFalse(isDone(pending));
        stepped.pass(2);

        Throwable failure = assertInstanceOf(SocketTimeoutException.class, failure(pending));
        assertEquals(
                "no answer came from " + AddressText.of(full.localAddress()) + " within 1000 ms", failure.getMessage());
        assertEverythingIsLetGo();
        full.close();
    }

    @OverEveryWire
    void failsWhenTheNameIsNotLookedUpInTime() throws Exception {
        PendingConnection pending = connect(named(1), ConnectSettings.DEFAULTS.withTimeoutMillis(1_000));
        stepped.settle();

        stepped.pass(1_001);

        assertInstanceOf(SocketTimeoutException.class, failure(pending));
        addresses = addresses(SERVER);
        answer();
        stepped.settle();
        assertTrue(opened().isEmpty(), "an answer that comes too late is not used");
        assertEverythingIsLetGo();
    }

    @OverEveryWire
    void failsWhenNobodyKnowsTheName() throws Exception {
        PendingConnection pending = connect(named(1), ConnectSettings.DEFAULTS);
        stepped.settle();

        answer();

        assertEquals("nobody knows server.example", failure(pending).getMessage());
        assertInstanceOf(UnknownHostException.class, failure(pending));
        assertEverythingIsLetGo();
    }

    @OverEveryWire
    void letsTheSocketGoInTheNextTurnAfterACancel() throws Exception {
        ServerWire full = stepped.listenFull(address("127.0.0.3", 0));
        PendingConnection pending = connect(full.localAddress(), ConnectSettings.DEFAULTS);
        stepped.settle();
        assertEquals(List.of(false), closed());

        assertTrue(pending.cancel());
        assertFalse(pending.cancel());
        stepped.steps(2); // It ends in the first turn, and is closed at the beginning of the second.

        assertEquals(List.of(true), closed());
        assertInstanceOf(CancellationException.class, failure(pending));
        assertEverythingIsLetGo();
        full.close();
    }

    @OverEveryWire
    void opensNothingAfterACancelWhileTheNameIsLookedUp() throws Exception {
        addresses = addresses(SERVER);
        PendingConnection pending = connect(named(echo(SERVER)), ConnectSettings.DEFAULTS);
        stepped.settle();
        assertEquals(1, stepped.engine().view().poolUsed());

        assertTrue(pending.cancel());
        stepped.settle();
        assertEverythingIsLetGo();
        answer();
        stepped.settle();

        assertTrue(opened().isEmpty());
        assertTrue(client.all().isEmpty());
        assertInstanceOf(CancellationException.class, failure(pending));
    }

    @OverEveryWire
    void opensNothingAfterACancelThatCameFirst() throws Exception {
        PendingConnection pending = connect(address(SERVER, echo(SERVER)), ConnectSettings.DEFAULTS);

        assertTrue(pending.cancel());
        stepped.settle();

        assertTrue(opened().isEmpty());
        assertEverythingIsLetGo();
    }

    @OverEveryWire
    void endsTheConnectionAfterACancelInConnectionMade() throws Exception {
        PendingConnection[] pending = new PendingConnection[1];
        client.made(protocol -> assertTrue(pending[0].cancel()));

        pending[0] = connect(address(SERVER, echo(SERVER)), ConnectSettings.DEFAULTS);
        stepped.settle();

        assertInstanceOf(CancellationException.class, failure(pending[0]));
        assertEquals(List.of("made", "lost"), client.all().get(0).events());
        assertEquals(Kind.ABORTED, client.all().get(0).awaitLost().kind());
        assertEverythingIsLetGo();
    }

    @OverEveryWire
    void closedReactorEndsAnAttemptThatLooksANameUp() throws Exception {
        EngineReactor reactor = stepped.engine().newReactor();
        PendingConnection pending = reactor.connect(named(1), ConnectSettings.DEFAULTS, client);
        stepped.settle();

        reactor.close();
        stepped.settle();

        assertInstanceOf(IOException.class, failure(pending));
        assertEverythingIsLetGo();
    }

    @OverEveryWire
    void factorysExceptionIsTheCause() throws Exception {
        IllegalStateException thrown = new IllegalStateException("on purpose");
        InetSocketAddress server = address(SERVER, echo(SERVER));
        ProtocolFactory throwing = peer -> {
            throw thrown;
        };

        PendingConnection pending = stepped.engine().newReactor().connect(server, ConnectSettings.DEFAULTS, throwing);

        assertSame(thrown, failure(pending));
        stepped.until("its end", () -> stepped.engine().view().poolUsed() == 0);
    }

    @OverEveryWire
    void comesFromTheLocalAddressThatWasSet() throws Exception {
        InetSocketAddress server = address(SERVER, echo(SERVER));
        InetSocketAddress local = address("127.0.0.9", 0);

        PendingConnection pending = connect(server, ConnectSettings.DEFAULTS.withLocalAddress(local));

        InetSocketAddress seen =
                (InetSocketAddress) made(pending).transport().peer().localAddress();
        assertEquals(local.getAddress(), seen.getAddress());
        assertTrue(seen.getPort() > 0);
    }

    @OverEveryWire
    void localAddressThatIsNotThereFailsTheStage() throws Exception {
        InetSocketAddress server = address(SERVER, echo(SERVER));
        InetSocketAddress nowhere = address("192.0.2.1", 0); // For documentation: RFC 5737.

        PendingConnection pending = connect(server, ConnectSettings.DEFAULTS.withLocalAddress(nowhere));

        Throwable failure = failure(pending);
        assertInstanceOf(BindException.class, failure);
        assertTrue(String.valueOf(failure.getMessage()).contains("local address /192.0.2.1:0"), failure::toString);
        assertEverythingIsLetGo();
    }

    @OverEveryWire
    void hasTheLimitsOfItsSettings() throws Exception {
        InetSocketAddress server = address(SERVER, echo(SERVER));
        client.made(protocol -> protocol.write("hello"));
        client.data((protocol, data) -> {}); // Left unread.

        PendingConnection idle =
                connect(server, ConnectSettings.DEFAULTS.withName("upstream").withIdleTimeoutMillis(500));
        Protocol waits = made(idle);
        stepped.settle();
        assertEquals("upstream", waits.transport().endpointName());
        stepped.pass(502);
        PendingConnection greedy = connect(server, ConnectSettings.DEFAULTS.withInputMaxBytes(4));
        made(greedy);
        stepped.settle();
        stepped.pass(1_001);

        assertEquals(
                List.of(Kind.IDLE_TIMEOUT, Kind.INPUT_OVERFLOW),
                List.of(
                        client.all().get(0).awaitLost().kind(),
                        client.all().get(1).awaitLost().kind()));
    }

    private int echo(String host) throws IOException {
        return bind(at(host, 0));
    }

    private int bind(EndpointSettings settings) {
        return stepped.port(stepped.bind(settings, Rank.NO_SERVICE, ProtocolFixture.echo()));
    }

    private static EndpointSettings at(String host, int port) {
        return EndpointSettings.DEFAULTS.withAddress(
                Address.DEFAULTS.withHost(host).withPort(port));
    }

    private PendingConnection connect(SocketAddress remote, ConnectSettings settings) {
        return stepped.engine().newReactor().connect(remote, settings, client);
    }

    private static InetSocketAddress named(int port) {
        return InetSocketAddress.createUnresolved("server.example", port);
    }

    private static InetSocketAddress address(String host, int port) throws IOException {
        return new InetSocketAddress(addresses(host).get(0), port);
    }

    private static List<InetAddress> addresses(String... all) throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String each : all) {
            addresses.add(InetAddress.getAllByName(each)[0]);
        }
        return addresses;
    }

    /** The name server answers. */
    private void answer() {
        questions.remove().run();
    }

    private List<NetworkFixture.Opened> opened() {
        return networks.get(0).opened();
    }

    private List<Boolean> closed() {
        return opened().stream().map(NetworkFixture.Opened::isClosed).toList();
    }

    private void assertEverythingIsLetGo() throws IOException {
        stepped.until("the end of the attempt", () -> stepped.engine().view().poolUsed() == 0);
        stepped.step();
        assertTrue(closed().stream().allMatch(each -> each), "all wires are closed");
    }

    private static boolean isDone(PendingConnection pending) {
        return pending.connected().toCompletableFuture().isDone();
    }

    private Protocol made(PendingConnection pending) throws Exception {
        CompletableFuture<Protocol> outcome = pending.connected().toCompletableFuture();
        stepped.until("the connection", outcome::isDone);
        return outcome.get();
    }

    private Throwable failure(PendingConnection pending) throws IOException {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        pending.connected().whenComplete((made, thrown) -> failure.complete(thrown));
        stepped.until("the failure", failure::isDone);
        return failure.join();
    }
}
