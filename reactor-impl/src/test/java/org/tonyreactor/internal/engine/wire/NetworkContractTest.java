package org.tonyreactor.internal.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.wire.WireFixture.End;

/** What every network holds to: listening, accepting, connecting. */
class NetworkContractTest {
    @RegisterExtension
    final WireFixture fixture = new WireFixture();

    private final List<Wire> accepted = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();

    @OverEveryWire
    void anyPortIsARealOneAndAnotherEachTime() throws IOException {
        ServerWire one = listen();
        ServerWire other = listen();

        assertTrue(port(one) > 0);
        assertNotEquals(port(one), port(other));
        one.close();
        other.close();
    }

    @OverEveryWire
    void acceptsWhoConnectsAndBothKnowTheAddresses() throws IOException {
        ServerWire server = listen();
        assertNull(server.accept());

        End peer = connect(server);
        Wire ours = accept(server);

        assertEquals(server.localAddress(), ours.localAddress());
        assertEquals(server.localAddress(), peer.wire.remoteAddress());
        assertEquals(peer.wire.localAddress(), ours.remoteAddress());
        assertNull(server.accept());
        server.close();
    }

    /** The engine decides by rank which one listens, since the system does not let both (bind(2), EADDRINUSE). */
    @OverEveryWire
    void allAddressesAndOneOfThemCannotBeListenedOnAtOnce() throws IOException {
        ServerWire one = listen();
        InetSocketAddress all = new InetSocketAddress(port(one));
        InetSocketAddress other = new InetSocketAddress("127.0.0.2", port(one));
        IOException inUse = assertThrows(IOException.class, () -> fixture.ours().listen(all, 1));
        assertTrue(String.valueOf(inUse.getMessage()).contains("in use"));
        fixture.ours().listen(other, 1).close();
        one.close();

        ServerWire everywhere = fixture.ours().listen(all, 1);
        assertThrows(IOException.class, () -> fixture.ours().listen(other, 1));
        everywhere.close();
        fixture.ours().listen(other, 1).close();
    }

    @OverEveryWire
    void connectsOutwards() throws IOException {
        ServerWire server = fixture.peers().listen(WireFixture.anyPort(), 16);
        End ours = fixture.attach(fixture.ours().connect(server.localAddress()), fixture.loop(), Wire.CONNECT);

        fixture.until("a connection", ours.wire::finishConnect);
        ours.wire.interest(0);
        End peer = fixture.attach(accept(server), fixture.peersLoop(), 0);
        fixture.send(ours, "hello");
        fixture.receive(peer, 5);

        assertEquals("hello", peer.received());
        server.close();
    }

    @OverEveryWire
    void connectToAPortThatNobodyListensOnIsRefused() throws IOException {
        ServerWire server = listen();
        int port = port(server);
        server.close();

        ConnectException[] refused = new ConnectException[1];
        Wire wire = fixture.ours().connect(at(port));
        fixture.attach(wire, fixture.loop(), Wire.CONNECT);
        fixture.until("a refusal", () -> {
            try {
                return wire.finishConnect();
            } catch (ConnectException e) {
                refused[0] = e;
                return true;
            }
        });

        assertNotNull(refused[0]);
        assertTrue(String.valueOf(refused[0].getMessage()).contains("refused"));
    }

    @OverEveryWire
    void unresolvedAddressCannotBeConnectedTo() {
        assertThrows(
                IOException.class,
                () -> fixture.ours().connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1)));
    }

    @OverEveryWire
    void isToldOfWaitingPeersWhileItAccepts() throws IOException {
        ServerWire server = listen();
        server.attach(fixture.loop(), told::add);
        connect(server);
        turns();
        assertEquals(List.of(), told);

        server.accepting(true);
        fixture.until("a waiting peer", () -> !told.isEmpty());
        assertEquals(ServerWire.ACCEPT, told.get(0));
        server.accepting(false);
        told.clear();
        turns();

        assertEquals(List.of(), told);
        assertNotNull(server.accept());
        server.close();
    }

    @OverEveryWire
    void isToldNothingOnceAllAreAccepted() throws IOException {
        ServerWire server = listen();
        server.accepting(true);
        server.attach(fixture.loop(), told::add);
        connect(server);
        accept(server);
        told.clear();

        turns();

        assertEquals(List.of(), told);
        server.close();
    }

    @OverEveryWire
    void refusesOneAndItSeesTheEnd() throws IOException {
        ServerWire server = listen();
        End first = connect(server);
        End second = connect(server);

        fixture.until("the first refusal", server::refuseOne);
        fixture.until("the second refusal", server::refuseOne);
        assertFalse(server.refuseOne());

        fixture.receiveEnd(first);
        fixture.receiveEnd(second);
        server.close();
    }

    @OverEveryWire
    void addressThatIsTakenCannotBeListenedOn() throws IOException {
        ServerWire server = listen();

        BindException inUse =
                assertThrows(BindException.class, () -> fixture.ours().listen(at(port(server)), 1));

        assertTrue(String.valueOf(inUse.getMessage()).contains("in use"));
        server.close();
    }

    @OverEveryWire
    void addressOfAnotherHostCannotBeListenedOn() {
        assertThrows(IOException.class, () -> fixture.ours().listen(new InetSocketAddress("192.0.2.1", 0), 1));
    }

    @OverEveryWire
    void portIsFreeWhenCloseReturns() throws IOException {
        for (int i = 0; i < 20; i++) {
            ServerWire server = listen();
            server.accepting(true);
            server.attach(fixture.loop(), told::add);
            fixture.turn();
            int port = port(server);

            server.close();

            fixture.ours().listen(at(port), 1).close();
        }
    }

    @OverEveryWire
    void whoWaitsWhenTheListenerClosesIsEnded() throws IOException {
        ServerWire server = listen();
        End waits = connect(server);

        server.close();

        fixture.until("an end", () -> {
            try {
                return !waits.read() && waits.hasEnded();
            } catch (IOException e) {
                return true;
            }
        });
    }

    @OverEveryWire
    void wildcardServesTheLoopback() throws IOException {
        ServerWire server = fixture.ours().listen(new InetSocketAddress(0), 16);
        End peer = fixture.attach(fixture.peers().connect(at(port(server))), fixture.peersLoop(), Wire.CONNECT);
        fixture.until("a connection", peer.wire::finishConnect);

        assertEquals(peer.wire.localAddress(), accept(server).remoteAddress());
        server.close();
    }

    @OverEveryWire
    void pairsAreEachOthersPeers() throws IOException {
        List<Network.Pair> pairs = fixture.ours().openPairs(3);
        assertEquals(3, pairs.size());

        for (Network.Pair pair : pairs) {
            End first = fixture.attach(pair.first(), fixture.loop(), 0);
            End second = fixture.attach(pair.second(), fixture.loop(), 0);
            assertEquals(pair.first().localAddress(), pair.second().remoteAddress());
            String name = pair.first().localAddress().toString();
            fixture.send(first, name);
            fixture.send(second, "back");
            fixture.receive(second, name.length());
            fixture.receive(first, 4);

            assertEquals(name, second.received());
            assertEquals("back", first.received());
        }
    }

    private ServerWire listen() throws IOException {
        return fixture.ours().listen(WireFixture.anyPort(), 16);
    }

    private End connect(ServerWire server) throws IOException {
        End peer = fixture.attach(fixture.peers().connect(server.localAddress()), fixture.peersLoop(), Wire.CONNECT);
        fixture.until("a connection", peer.wire::finishConnect);
        peer.wire.interest(0);
        return peer;
    }

    private Wire accept(ServerWire server) throws IOException {
        fixture.until("a peer", () -> {
            Wire next = server.accept();
            if (next != null) {
                accepted.add(next);
            }
            return next != null;
        });
        return accepted.get(accepted.size() - 1);
    }

    private static int port(ServerWire server) throws IOException {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void turns() throws IOException {
        for (int i = 0; i < 5; i++) {
            fixture.turn();
        }
    }
}
