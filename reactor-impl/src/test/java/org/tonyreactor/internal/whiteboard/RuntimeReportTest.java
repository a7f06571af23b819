package org.tonyreactor.internal.whiteboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.EngineSettings.Memory;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.internal.engine.wire.memory.MemoryNetwork;
import org.tonyreactor.internal.engine.wire.memory.MemorySettings;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/** The figures of the engine are those of the runtime. */
@Timeout(60)
class RuntimeReportTest {
    private static final int MEBI = 1 << 20;

    @RegisterExtension
    final WhiteboardFixture fixture = new WhiteboardFixture();

    private final List<Socket> peers = new ArrayList<>();

    /** Writes as much as nobody takes for one byte, and leaves more than one unread. */
    private static final class Greedy extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            if (data.remaining() == 1) {
                data.get();
                write(new byte[16 * MEBI]);
            }
        }
    }

    @Test
    void tellsTheMemoryOfTheEngineAndOfEachConnection() throws Exception {
        RuntimeDTO quiet = fixture.runtime();
        assertEquals(Runtime.getRuntime().maxMemory() / 4, quiet.memoryMaxBytes);
        assertEquals(quiet.memoryMaxBytes / 100 * 75, quiet.memoryHighBytes);
        fixture.add(1, peer -> new Greedy(), "reactor.port", 0, "reactor.output.max.bytes", 64 * MEBI);
        connect("x");

        await().until(() -> only().memoryBytes > MEBI);
        await().until(() -> fixture.runtime().memoryUsedBytes == quiet.memoryUsedBytes + only().memoryBytes);
        await().until(() -> fixture.runtime().workerDTOs[0].memoryBytes == only().memoryBytes);

        fixture.engine().update(EngineSettings.defaults().withWorkers(1).withMemory(new Memory(2 * MEBI, 75)));

        await().until(() -> fixture.runtime().memoryEnded == 1);
        assertEquals(2 * MEBI, fixture.runtime().memoryMaxBytes);
        await().until(() -> fixture.runtime().memoryUsedBytes == quiet.memoryUsedBytes);
    }

    @Test
    void countsConnectionsThatEndAtALimit() throws Exception {
        fixture.add(
                1,
                peer -> new Greedy(),
                "reactor.port",
                0,
                "reactor.input.max.bytes",
                100,
                "reactor.output.max.bytes",
                MEBI,
                "reactor.output.high.bytes",
                MEBI,
                "reactor.idle.timeout.millis",
                50);

        for (int i = 0; i < 2; i++) {
            connect("x".repeat(101));
        }
        await().until(() -> fixture.endpointOf(1).inputOverflows == 2);
        connect("x");
        await().until(() -> fixture.endpointOf(1).slowConsumers == 1);
        for (int i = 0; i < 3; i++) {
            connect("");
        }
        await().until(() -> fixture.endpointOf(1).idleTimeouts == 3);
    }

    /** Stepped, so that all of them come within the second in which they linger. */
    @Test
    void countsPeersThatWereRefusedByReset() throws Exception {
        MemoryNetwork network = new MemoryNetwork(MemorySettings.PLAIN);
        Network others = network.neighbour(MemorySettings.PLAIN);
        Multiplexer loop = others.openMultiplexer(1_024);
        try (Engine engine = Engine.stepped(EngineSettings.defaults().withWorkers(1), new ManualClock(), network)) {
            FactoryBinding binding = engine.bind(EndpointSettings.port(7_007), Rank.NO_SERVICE, peer -> null);
            engine.step();
            for (int i = 1; i <= RefusedPeers.MAX_LINGERING + 3; i++) {
                Wire peer = others.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7_007));
                peer.interest(Wire.CONNECT);
                peer.attach(loop, ops -> {});
                while (binding.refusedConnections() < i) { // Ends: with the refusal, or the test's time.
                    loop.poll(0);
                    loop.dispatch(Multiplexer.ReadyHandler::onReady);
                    engine.step();
                }
            }
            engine.step();

            assertEquals(3, new RuntimeReport(engine, fixture.whiteboard()).getRuntimeDTO().refusedByReset);
        } finally {
            loop.close();
            others.close();
        }
    }

    @AfterEach
    void close() throws IOException {
        for (Socket peer : peers) {
            peer.close();
        }
    }

    private void connect(String text) throws IOException {
        Socket peer = new Socket(InetAddress.getLoopbackAddress(), fixture.endpointOf(1).port);
        peers.add(peer);
        if (!text.isEmpty()) {
            peer.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private ConnectionDTO only() {
        return fixture.admin().getConnectionDTOs()[0];
    }
}
