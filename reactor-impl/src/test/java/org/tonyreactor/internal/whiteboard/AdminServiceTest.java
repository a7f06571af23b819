package org.tonyreactor.internal.whiteboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.runtime.EndpointRef;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.runtime.dto.EndpointDTO;

/** Which endpoint an operator means. */
@Timeout(60)
class AdminServiceTest {
    @RegisterExtension
    final WhiteboardFixture fixture = new WhiteboardFixture();

    @BeforeEach
    void serve() {
        fixture.add(1, peer -> null, "reactor.name", "echo", "reactor.port", 0);
    }

    @Test
    void findsAnEndpointAgainByTheAddressThatTheRuntimeTells() {
        EndpointDTO echo = fixture.endpointOf(1);
        assertEquals("127.0.0.1:" + echo.port, echo.address);

        fixture.admin().suspendAccepting(EndpointRef.of(echo.address));

        assertEquals(EndpointDTO.STATE_SUSPENDED, fixture.endpointOf(1).state);
        fixture.admin().resumeAccepting(EndpointRef.of(echo.address));
        assertEquals(EndpointDTO.STATE_BOUND, fixture.endpointOf(1).state);
    }

    @Test
    void findsAnEndpointInSpellingsThatNobodyHasAskedFor() {
        int port = fixture.endpointOf(1).port;

        for (String spelling : List.of("127.1", "[::ffff:127.0.0.1]", "[::FFFF:7F00:1]")) {
            fixture.admin().suspendAccepting(EndpointRef.of(spelling + ":" + port));
            assertEquals(EndpointDTO.STATE_SUSPENDED, fixture.endpointOf(1).state, spelling);
            fixture.admin().resumeAccepting(EndpointRef.of(spelling + ":" + port));
            assertEquals(EndpointDTO.STATE_BOUND, fixture.endpointOf(1).state, spelling);
        }
        assertRefused("there is no endpoint 127.2:" + port, "127.2:" + port);
    }

    @Test
    void findsAnEndpointByItsName() {
        EndpointRef echo = EndpointRef.of("echo");

        fixture.admin().drain(echo);
        assertEquals(EndpointDTO.STATE_SUSPENDED, fixture.endpointOf(1).state);
        fixture.admin().resumeAccepting(echo);
        fixture.admin().hold(echo);
        assertEquals(EndpointDTO.STATE_HELD, fixture.endpointOf(1).state);
        fixture.admin().close(echo);
        assertEquals(0, fixture.admin().handOver(echo));
    }

    @Test
    void saysThatThereIsNoneOrThatThereAreSeveral() {
        fixture.add(2, peer -> null, "reactor.name", "echo", "reactor.port", 0);
        String first = fixture.endpointOf(1).address;
        String second = fixture.endpointOf(2).address;

        assertRefused("there is no endpoint chat", "chat");
        assertRefused("there is no endpoint 127.0.0.1:0", "127.0.0.1:0");
        assertRefused("there is no endpoint unix:/run/echo.sock", "unix:/run/echo.sock");
        assertRefused(
                "echo is the name of 2 endpoints: say which of "
                        + (first.compareTo(second) < 0 ? first + ", " + second : second + ", " + first),
                "echo");
    }

    @Test
    void takesOneAddressThatIsSpelledInTwoWaysForOneEndpoint() throws Exception {
        int port = WhiteboardFixture.freePort();
        fixture.add(2, peer -> null, "reactor.name", "chat", "reactor.port", port, "reactor.weight", 50);
        fixture.add(3, peer -> null, "reactor.name", "chat", "reactor.port", port, "reactor.host", "127.1");

        fixture.admin().suspendAccepting(EndpointRef.of("chat"));

        assertFalse(fixture.endpointOf(2).accepting);
        assertFalse(fixture.endpointOf(3).accepting);
    }

    @Test
    void doesNotMeanAnAddressThatAnEndpointHasLeft() throws Exception {
        int port = WhiteboardFixture.freePort();
        FakeOffer offer = fixture.add(2, peer -> new Open(), "reactor.name", "open", "reactor.port", port);
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertEquals('!', peer.getInputStream().read());
            offer.modify(Map.of("reactor.name", "open", "reactor.port", 0));
            fixture.whiteboard().update(2);
            assertEquals(2, fixture.endpointsOf(2).size());

            fixture.admin().suspendAccepting(EndpointRef.of("open"));

            assertRefused("there is no endpoint 127.0.0.1:" + port, "127.0.0.1:" + port);
        }
    }

    @Test
    void listsPeersThatWaitAtAHeldEndpoint() throws Exception {
        fixture.add(2, peer -> new Open(), "reactor.name", "open", "reactor.port", WhiteboardFixture.freePort());
        int port = fixture.endpointOf(2).port;
        fixture.admin().hold(EndpointRef.of("open"));
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
            await().until(() -> fixture.admin().getConnectionDTOs().length == 1);

            ConnectionDTO waiting = fixture.admin().getConnectionListDTO().connectionDTOs[0];

            assertEquals(-1, waiting.id);
            assertEquals(ConnectionDTO.STATE_WAITING, waiting.state);
            assertEquals("open", waiting.endpoint);
            assertEquals(2, waiting.serviceId);
            assertEquals("127.0.0.1:" + peer.getLocalPort(), waiting.remote);
            assertEquals("127.0.0.1:" + port, waiting.local);
            assertEquals("reactor-acceptor", waiting.thread);
            fixture.admin().resumeAccepting(EndpointRef.of("open"));
            assertEquals('!', peer.getInputStream().read());
            ConnectionDTO open = fixture.admin().getConnectionDTOs()[0];
            assertEquals(ConnectionDTO.STATE_OPEN, open.state);
            assertTrue(open.id > 0);
        }
    }

    private void assertRefused(String message, String endpoint) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> fixture.admin().close(EndpointRef.of(endpoint)))
                        .getMessage());
    }
}
