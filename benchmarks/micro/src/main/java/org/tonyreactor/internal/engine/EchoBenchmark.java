package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tonyreactor.protocol.Protocol;

/**
 * The whole of an echo on real sockets, client and server on one thread, so that nothing waits for another processor:
 * a worker of the engine, and the least that java.nio can do for the same. Their difference is what the engine adds.
 * An operation is one exchange: {@code depth} messages are sent, one write each, then all of them come back.
 */
public class EchoBenchmark extends MicroBenchmark {
    /** The client. */
    @State(Scope.Thread)
    public static class Client {
        @Param({"64x1", "64x16", "16384x1"})
        String messages = "64x1";

        private SocketPair sockets;
        private ByteBuffer message;
        private int depth;

        @Setup
        public void connect() throws IOException {
            String[] sizeAndDepth = messages.split("x", 2);
            message = ByteBuffer.allocateDirect(Integer.parseInt(sizeAndDepth[0]));
            depth = Integer.parseInt(sizeAndDepth[1]);
            sockets = SocketPair.open();
        }

        int exchange(SocketPair.ServerTurn turn) throws IOException {
            sockets.exchange(message, depth, turn);
            return message.position();
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            sockets.close();
        }
    }

    /** The engine's worker. */
    @State(Scope.Thread)
    public static class Engine {
        private ServedConnection served;
        private SocketPair.ServerTurn turn;

        @Setup
        public void serve(Client client) throws IOException {
            served = new ServedConnection(new NioMultiplexer(), client.sockets.server(), new Echoing());
            turn = served::turn;
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            served.close();
        }
    }

    private static final class Echoing extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            write(data);
        }
    }

    @Benchmark
    public int engine(Engine engine, Client client) throws IOException {
        return client.exchange(engine.turn);
    }

    /** The least: it takes for granted that the socket takes each answer whole, and that no peer ever goes. */
    @State(Scope.Thread)
    public static class Least {
        private final ByteBuffer buffer =
                ByteBuffer.allocateDirect(EngineSettings.defaults().readBufferBytes());
        private Selector selector;
        private SocketPair sockets;
        private SocketPair.ServerTurn turn;

        @Setup
        public void serve(Client client) throws IOException {
            selector = Selector.open();
            sockets = client.sockets;
            sockets.server().register(selector, SelectionKey.OP_READ);
            turn = () -> selector.selectNow(this::onReady);
        }

        private void onReady(SelectionKey key) {
            try {
                sockets.server().read(buffer.clear());
                sockets.server().write(buffer.flip());
            } catch (IOException e) {
                throw new IllegalStateException("the pair of sockets is broken", e);
            }
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            selector.close();
        }
    }

    @Benchmark
    public int leastOfNio(Least least, Client client) throws IOException {
        return client.exchange(least.turn);
    }
}
