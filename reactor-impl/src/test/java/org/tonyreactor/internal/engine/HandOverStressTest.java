package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason;

/** Slots that go round between the acceptor and two workers on real threads, as fast as connections come and go. */
class HandOverStressTest {
    private static final int CLIENTS = 3;
    private static final int CONNECTIONS_EACH = 400;

    private final Set<Long> ids = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();

    @Test
    @Timeout(60)
    void servesEveryConnectionOnceAndGetsEverySlotBack() throws Exception {
        EngineSettings settings = new EngineSettings(2, 1, 0, 512, 16, 0, 1_000);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (Engine engine = Engine.start(settings)) {
            engine.bind(EndpointSettings.port(0), Rank.NO_SERVICE, peer -> new Once());
            BindingView view = engine.bindings().get(0);
            InetSocketAddress address = new InetSocketAddress(view.host(), view.port());

            List<Future<Integer>> served = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                Callable<Integer> task = () -> connectAgainAndAgain(address, client);
                served.add(threads.submit(task));
            }
            for (Future<Integer> each : served) {
                assertEquals(CONNECTIONS_EACH, each.get(40, TimeUnit.SECONDS));
            }
            Bounded.until("recycling", () -> engine.view().poolUsed() == 0, () -> {});

            assertEquals(CLIENTS * CONNECTIONS_EACH, ids.size());
            assertEquals(CLIENTS * CONNECTIONS_EACH, lost.get());
            assertEquals(0, faults.get());
            assertEquals(0, engine.view().ignoredTokens());
            engine.view().workers().forEach(worker -> assertEquals(0, worker.connections()));
        } finally {
            threads.shutdownNow();
        }
    }

    private static int connectAgainAndAgain(InetSocketAddress address, int client) throws IOException {
        int served = 0;
        for (int i = 0; i < CONNECTIONS_EACH; i++) {
            int tag = client << 24 | i;
            try (SocketChannel channel = SocketChannel.open(address)) {
                channel.write(ByteBuffer.allocate(4).putInt(tag).flip());
                ByteBuffer answer = ByteBuffer.allocate(8);
                while (channel.read(answer) >= 0
                        && answer.hasRemaining()) {} // Ends with the answer, or the connection.
                served += answer.position() == 4 && answer.getInt(0) == tag ? 1 : 0;
            }
        }
        return served;
    }

    /** Answers once and closes. */
    private final class Once extends Protocol {
        private boolean over;

        @Override
        public void connectionMade() {
            if (!ids.add(transport().id())) {
                faults.incrementAndGet();
            }
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            if (over || data.remaining() != 4) {
                faults.incrementAndGet();
            }
            write(data);
            closeConnection();
        }

        @Override
        public void connectionLost(CloseReason reason) {
            if (over) {
                faults.incrementAndGet();
            }
            over = true;
            lost.incrementAndGet();
        }
    }
}
