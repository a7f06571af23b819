package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.ByteStream;
import org.tonyreactor.internal.engine.connection.Connection;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.connection.Worker;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;
import org.tonyreactor.internal.engine.wire.nio.NioPair;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Tcp;

/** When TCP_NODELAY is set: not before it makes a difference. */
class NoDelayTest {
    private final List<NioPair> pairs;
    private final EventLoop loop;
    private final Protocol protocol = new Protocol() {
        @Override
        public void dataReceived(ByteBuffer data) {}
    };

    NoDelayTest() throws IOException {
        pairs = NioPair.open(2, address -> {});
        loop = new EventLoop("stepped", new ManualClock(), NioPair.multiplexer());
    }

    @AfterEach
    void close() throws IOException {
        loop.stop();
        for (NioPair pair : pairs) {
            pair.close();
        }
    }

    @Test
    void isNotSetForAFirstWriteThatFitsIntoASegment() throws IOException {
        serve(EndpointSettings.DEFAULTS);

        protocol.write(new byte[ByteStream.UNDELAYED_BYTES]);

        assertFalse(isSet());
    }

    @Test
    void isSetByTheSecondWrite() throws IOException {
        serve(EndpointSettings.DEFAULTS);

        protocol.write(new byte[1]);
        protocol.write(new byte[1]);

        assertTrue(isSet());
    }

    @Test
    void isSetByAFirstWriteThatMayTakeSeveralSegments() throws IOException {
        serve(EndpointSettings.DEFAULTS);

        protocol.write(new byte[ByteStream.UNDELAYED_BYTES + 1]);

        assertTrue(isSet());
    }

    @Test
    void isNeverSetWhereItIsNotWanted() throws IOException {
        serve(EndpointSettings.DEFAULTS.withTcp(Tcp.DEFAULTS.withNodelay(false)));

        protocol.write(new byte[ByteStream.UNDELAYED_BYTES + 1]);
        protocol.write(new byte[1]);

        assertFalse(isSet());
    }

    private void serve(EndpointSettings settings) throws IOException {
        Worker worker = new Worker(
                0, loop, new NioNetwork(), new RefusedPeers(), pairs.get(0).workerWire());
        FactoryBinding binding = new FactoryBinding(settings, Rank.NO_SERVICE, peer -> protocol, 1);
        Connection connection = new Connection(0);
        connection.lease(1);
        connection.assign(1, binding, 0);
        connection.assign(pairs.get(1).acceptorWire());
        loop.runOnce(0);
        worker.onAdopt(connection);
    }

    private SocketChannel served() {
        return pairs.get(1).acceptorEnd();
    }

    private boolean isSet() throws IOException {
        return served().getOption(StandardSocketOptions.TCP_NODELAY);
    }
}
