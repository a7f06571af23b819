package org.tonyreactor.internal.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.wire.WireFixture.End;
import org.tonyreactor.internal.engine.wire.proxy.HeaderFirstWire;
import org.tonyreactor.internal.engine.wire.proxy.ProxiedWire;
import org.tonyreactor.internal.engine.wire.proxy.ProxyException;
import org.tonyreactor.internal.engine.wire.proxy.ProxyHeader;
import org.tonyreactor.internal.engine.wire.proxy.ProxyVersions;

/** Wires that begin with a header of the PROXY protocol, over every wire. */
class ProxiedWireTest {
    private static final SocketAddress CLIENT = new InetSocketAddress("192.0.2.7", 4_711);
    private static final SocketAddress SERVICE = new InetSocketAddress("198.51.100.1", 443);
    private static final ProxyHeader HEADER = ProxyHeader.of(CLIENT, SERVICE);

    @RegisterExtension
    final WireFixture fixture = new WireFixture();

    private End peer;
    private ProxiedWire proxied;
    private End end;

    @BeforeEach
    void connect() throws IOException {
        List<End> ends = fixture.connect();
        peer = ends.get(1);
        proxied = new ProxiedWire(ends.get(0).wire, ProxyVersions.ANY);
        end = fixture.attach(proxied, fixture.loop(), Wire.CONNECT);
    }

    private void send(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        fixture.until("it to be sent", () -> {
            peer.wire.write(left);
            return peer.wire.flush() && !left.hasRemaining();
        });
    }

    private void awaitHeader() throws IOException {
        fixture.until("the header", () -> end.takeTold() != 0 && proxied.finishConnect());
    }

    @OverEveryWire
    void isConnectedWhenItHasReadTheHeader() throws IOException {
        assertFalse(proxied.finishConnect());

        send(HEADER.bytes(ProxyVersions.V2));
        awaitHeader();

        assertEquals(HEADER, proxied.header());
        assertEquals(CLIENT, proxied.remoteAddress());
        assertEquals(SERVICE, proxied.localAddress());
        assertNotEquals(CLIENT, proxied.proxyAddress());
    }

    @OverEveryWire
    void withoutAddressesItHasThoseOfTheSocket() throws IOException {
        send(ProxyHeader.WITHOUT_ADDRESSES.bytes(ProxyVersions.V1));
        awaitHeader();

        assertEquals(proxied.below().remoteAddress(), proxied.remoteAddress());
        assertEquals(proxied.below().localAddress(), proxied.localAddress());
    }

    @OverEveryWire
    void whatComesBehindTheHeaderIsLentFirst() throws IOException {
        send(HEADER.bytes(ProxyVersions.V1));
        fixture.send(peer, "hello");
        awaitHeader();
        fixture.send(peer, " again");

        fixture.receive(end, 11);

        assertEquals("hello again", end.received());
    }

    @OverEveryWire
    void inputBehindTheHeaderIsToldUntilItIsRead() throws IOException {
        byte[] header = HEADER.bytes(ProxyVersions.V2);
        ByteBuffer both = ByteBuffer.allocate(header.length + 1).put(header).put((byte) 'x');
        send(both.array());
        awaitHeader();
        proxied.interest(Wire.READ);

        fixture.until("the byte to be told", () -> proxied.hasMore() || end.takeTold() != 0);
        fixture.receive(end, 1);

        assertFalse(proxied.hasMore());
    }

    @OverEveryWire
    void somethingElseThanAHeaderIsRefusedAtOnce() throws IOException {
        fixture.send(peer, "GET");

        fixture.until("input", () -> end.takeTold() != 0);
        ProxyException refused = assertThrows(ProxyException.class, this::awaitHeader);

        String said = String.valueOf(refused.getMessage());
        assertTrue(said.startsWith("PROXY protocol: no header"), said);
    }

    @OverEveryWire
    void anEndBeforeTheHeaderIsRefused() throws IOException {
        fixture.send(peer, "PROXY TCP4");
        peer.wire.shutdownOutput();

        assertThrows(
                ProxyException.class,
                () -> fixture.until("the end", () -> end.takeTold() != 0 && proxied.finishConnect()));
    }

    @OverEveryWire
    void aWireWithItsHeaderFirstSendsItBeforeAnythingElse() throws IOException {
        HeaderFirstWire sender = new HeaderFirstWire(proxied.below(), HEADER.bytes(ProxyVersions.V1));
        End sending = fixture.attach(sender, fixture.loop(), Wire.CONNECT);
        fixture.until("the header to be taken", sender::finishConnect);
        fixture.send(sending, "hello");
        peer.wire.interest(Wire.READ);

        String wanted = "PROXY TCP4 192.0.2.7 198.51.100.1 4711 443\r\nhello";
        fixture.receive(peer, wanted.length());

        assertEquals(wanted, peer.received());
    }
}
