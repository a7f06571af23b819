package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.reactor.EndpointSettings;

/** What connections cost that do nothing. */
@Timeout(60)
class IdleConnectionsBehaviourTest {
    private static final int CONNECTIONS = 4_000;
    private static final int MAX_BYTES_EACH = 2_000;

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    /** Both ends are in this process, so that the bound covers the clients too. */
    @Test
    void idleConnectionCostsLessThanTwoKilobytesOfHeap() throws Exception {
        FactoryBinding binding =
                fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, peer -> new EchoFixture());
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port(binding));
        List<SocketChannel> clients = new ArrayList<>(CONNECTIONS);
        connect(clients, address, 100, binding);
        long before = liveHeapBytes();

        connect(clients, address, CONNECTIONS, binding);
        long each = (liveHeapBytes() - before) / (CONNECTIONS - 100);

        assertTrue(each < MAX_BYTES_EACH, each + " bytes each");
        for (SocketChannel client : clients) {
            client.close();
        }
        eventually(() -> binding.openConnections() == 0);
    }

    private static void connect(
            List<SocketChannel> clients, InetSocketAddress address, int upTo, FactoryBinding binding)
            throws IOException {
        while (clients.size() < upTo) {
            clients.add(SocketChannel.open(address));
        }
        eventually(() -> binding.openConnections() == upTo);
    }

    /** The least of several measures: a collection may leave something, never invent something. */
    private static long liveHeapBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
