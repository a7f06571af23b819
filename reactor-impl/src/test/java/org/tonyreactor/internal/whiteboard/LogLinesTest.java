package org.tonyreactor.internal.whiteboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.LogFixture;
import org.tonyreactor.runtime.EndpointRef;

/** What an operator finds in the log: one line for each end of an update, for each refusal and for each command. */
@Timeout(60)
class LogLinesTest {
    /** An address with the slash of the JDK, or a record with its brackets. */
    private static final Pattern RAW = Pattern.compile("(^| |=)/[0-9\\[]|[A-Za-z]\\[[A-Za-z.]+=");

    private final LogFixture log = new LogFixture();

    @RegisterExtension
    final WhiteboardFixture fixture = new WhiteboardFixture();

    private final int port = WhiteboardFixture.freePort();
    private final String address = "127.0.0.1:" + port;

    LogLinesTest() throws Exception {}

    @AfterEach
    void showsNothingRaw() {
        log.close();
        assertEquals(
                List.of(),
                log.text().lines().filter(line -> RAW.matcher(line).find()).toList());
        assertTrue(log.text().contains("listens on"), log.text());
    }

    @Test
    void tellBothEndsOfAnUpdate() throws Exception {
        serve(1, 0);
        try (Socket first = connect();
                Socket second = connect()) {
            fixture.whiteboard().remove(1);
            try (Socket waiting = new Socket(InetAddress.getLoopbackAddress(), port)) {
                await().until(() -> fixture.endpointsOf(1).get(0).waiting == 1);

                serve(2, 0);

                await().until(() -> lines("is served again").size() == 1);
                assertEquals('!', waiting.getInputStream().read());
                assertTrue(first.isConnected() && second.isConnected());
            }
        }
        assertEquals(
                List.of(
                        address
                                + " is held, at most 30000 ms, for the next factory: 2 connection(s) of bundle 1 version"
                                + " 1.1.0 open",
                        address
                                + " is served again by bundle 1 version 1.2.0: 2 connection(s) resumed, 1 waiting peer(s)"
                                + " let in"),
                lines("is held|is served again"));
    }

    @Test
    void tellThatNoFactoryHasCome() throws Exception {
        fixture.add(1, peer -> new Open(), "reactor.port", port, "reactor.hold.timeout.millis", 50);
        try (Socket peer = connect()) {
            fixture.whiteboard().remove(1);

            assertEquals(-1, peer.getInputStream().read());
        }
        await().until(() -> lines("no longer listened on").size() == 1);
        assertEquals(
                List.of(
                        address
                                + " is held no more, since no factory has come: 1 connection(s) and 0 waiting peer(s) are"
                                + " closed",
                        address + " is no longer listened on"),
                lines("no more|no longer"));
    }

    @Test
    void tellWhoIsShadowedAndByWhomOnceEachTime() {
        FakeOffer first = serve(1, 0);
        serve(2, 1);
        first.modify(Map.of("reactor.port", port, "reactor.name", "name-1", "reactor.backlog", 5));
        fixture.whiteboard().update(1);

        String line = "name-1 of bundle 1 version 1.1.0 gets no new connections on " + address
                + ": name-2 of bundle 1 version 1.2.0 ranks higher";
        assertEquals(List.of(line), lines("gets no new connections"));

        fixture.admin().quarantine(2);
        fixture.admin().release(2);

        assertEquals(List.of(line, line), lines("gets no new connections"));
    }

    @Test
    void tellWhatIsRefusedAndWhatStaysInForce() {
        FakeOffer offer = serve(1, 0);
        offer.modify(Map.of("reactor.port", port, "reactor.weight", 101));
        fixture.whiteboard().update(1);
        fixture.whiteboard().update(1);

        assertEquals(
                List.of(
                        "name-1 does not get what it asks for: reactor.weight = 101 is out of range: set it from 0 to 100"
                                + " (service 1 of bundle 1); the last good settings stay in force: reactor.port = "
                                + port
                                + ", reactor.name = name-1"),
                lines("does not get"));
    }

    @Test
    void tellEachCommandOnce() throws Exception {
        serve(1, 0);
        serve(2, -1);
        EndpointRef endpoint = EndpointRef.of(address);
        try (Socket peer = connect()) {
            AdminService admin = fixture.admin();
            admin.suspendAccepting(endpoint);
            admin.resumeAccepting(endpoint);
            admin.quarantine(1);
            admin.release(1);
            admin.handOver(endpoint);
            admin.hold(endpoint);
            admin.closeConnection(admin.getConnectionDTOs()[0].id);
            assertEquals(-1, peer.getInputStream().read());
            admin.drain(endpoint);
            admin.close(endpoint);
        }

        assertEquals(
                List.of(
                        address + " accepts no more by command",
                        address + " accepts again by command",
                        "name-1 of service 1 is put in quarantine: an operator has said so",
                        "the factory of service 1 is let out of quarantine by command",
                        "1 connection(s) of " + address + " are handed over by command",
                        address
                                + " is held by command, at most 30000 ms, for the next factory: 1 connection(s) of bundle 1"
                                + " version 1.1.0 open",
                        "connection 1 is closed by command",
                        address + " is drained by command",
                        address + " is closed by command"),
                lines("command|operator"));
    }

    private FakeOffer serve(long serviceId, int ranking) {
        return fixture.add(
                serviceId,
                peer -> new Open(),
                "reactor.port",
                port,
                "reactor.name",
                "name-" + serviceId,
                "service.ranking",
                ranking);
    }

    private Socket connect() throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(5_000);
        assertEquals('!', socket.getInputStream().read());
        return socket;
    }

    /** The messages in which a pattern is found. */
    private List<String> lines(String pattern) {
        return log.text()
                .lines()
                .filter(line -> line.contains(" org.tonyreactor."))
                .map(line -> line.substring(line.indexOf(" - ") + 3))
                .filter(Pattern.compile(pattern).asPredicate())
                .toList();
    }
}
