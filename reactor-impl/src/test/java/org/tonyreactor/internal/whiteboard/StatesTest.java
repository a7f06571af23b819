package org.tonyreactor.internal.whiteboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.dto.DTO;
import org.tonyreactor.internal.engine.EngineReactor;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.ConnectSettings;
import org.tonyreactor.runtime.EndpointRef;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.runtime.dto.EndpointDTO;

/** Every state that the DTOs have a constant for is seen by somebody. */
@Timeout(60)
class StatesTest {
    @RegisterExtension
    final WhiteboardFixture fixture = new WhiteboardFixture();

    private final Set<Integer> seen = new TreeSet<>();

    @Test
    void ofEndpointsAreAllSeen() throws Exception {
        fixture.add(1, peer -> new Open(), "reactor.port", WhiteboardFixture.freePort());
        EndpointDTO bound = fixture.endpointOf(1);
        seen.add(bound.state);
        fixture.admin().suspendAccepting(EndpointRef.of(bound.address));
        seen.add(fixture.endpointOf(1).state);
        fixture.admin().resumeAccepting(EndpointRef.of(bound.address));
        try (Socket open = connect(bound.port)) {
            fixture.whiteboard().remove(1);
            seen.add(fixture.endpointOf(1).state);
            fixture.add(2, peer -> new Open(), "reactor.port", bound.port);
            await().until(() -> fixture.endpointOf(2).connections == 1);
            fixture.add(3, peer -> new Open(), "reactor.port", bound.port, "service.ranking", 1);
            seen.add(fixture.endpointOf(2).state);
            assertEquals('!', open.getInputStream().read());
        }
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fixture.add(4, peer -> null, "reactor.port", other.getLocalPort());
            seen.add(fixture.endpointOf(4).state);
        }

        assertEquals(constants(EndpointDTO.class), seen);
    }

    @Test
    void ofConnectionsAreAllSeen() throws Exception {
        fixture.add(1, peer -> new Open(), "reactor.port", 0);
        EndpointDTO endpoint = fixture.endpointOf(1);
        try (Socket open = connect(endpoint.port);
                ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EngineReactor reactor = fixture.engine().newReactor()) {
            assertEquals('!', open.getInputStream().read());
            see();
            fixture.admin().hold(EndpointRef.of(endpoint.address));
            await().until(() -> see().contains(ConnectionDTO.STATE_SUSPENDED));
            try (Socket waiting = connect(endpoint.port)) {
                await().until(() -> see().contains(ConnectionDTO.STATE_WAITING));
                fixture.admin().resumeAccepting(EndpointRef.of(endpoint.address));
                assertEquals('!', waiting.getInputStream().read());
            }
            for (int i = 0; i < 8; i++) { // More than the backlog takes: some of them wait.
                reactor.connect(full.getLocalSocketAddress(), ConnectSettings.DEFAULTS, peer -> new Open());
            }
            await().until(() -> see().contains(ConnectionDTO.STATE_CONNECTING));
            Protocol stuck = new Open();
            fixture.add(2, peer -> stuck, "reactor.port", 0);
            try (Socket deaf = connect(fixture.endpointOf(2).port)) {
                assertEquals('!', deaf.getInputStream().read());
                stuck.transport().execute(() -> {
                    stuck.write(new byte[32 << 20]);
                    stuck.closeConnection();
                });
                await().until(() -> see().contains(ConnectionDTO.STATE_CLOSING));
            }
        }

        assertEquals(constants(ConnectionDTO.class), seen);
    }

    private Set<Integer> see() {
        Stream.of(fixture.admin().getConnectionDTOs()).forEach(each -> seen.add(each.state));
        return seen;
    }

    private static Socket connect(int port) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static Set<Integer> constants(Class<? extends DTO> type) {
        return Stream.of(type.getFields())
                .filter(field -> field.getName().startsWith("STATE_"))
                .map(StatesTest::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Integer value(java.lang.reflect.Field field) {
        try {
            return field.getInt(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
