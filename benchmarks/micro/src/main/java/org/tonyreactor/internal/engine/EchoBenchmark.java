package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
    /** The client, and what serves it. */
    @State(Scope.Thread)
    public abstract static class Exchange {
        @Param({"64x1", "64x16", "16384x1"})
        String messages = "64x1";

        private SocketPair sockets;
        private ByteBuffer message;
        private SocketPair.ServerTurn turn;
        private int depth;

        @Setup
        public void open() throws IOException {
            String[] sizeAndDepth = messages.split("x", 2);
            message = ByteBuffer.allocateDirect(Integer.parseInt(sizeAndDepth[0]));
            depth = Integer.parseInt(sizeAndDepth[1]);
            sockets = SocketPair.open();
            turn = serve(sockets.server());
        }

        int run() throws IOException {
            sockets.exchange(message, depth, turn);
            return message.position();
        }

        abstract SocketPair.ServerTurn serve(SocketChannel server) throws IOException;

        abstract void stop() throws IOException;

        @TearDown(Level.Trial)
        public void close() throws IOException {
            stop();
            sockets.close();
        }
    }

    /** The engine's worker. */
    @State(Scope.Thread)
    public static class Engine extends Exchange {
        private @Nullable ServedConnection served;

        @Override
        SocketPair.ServerTurn serve(SocketChannel server) throws IOException {
            ServedConnection fresh = new ServedConnection(new NioMultiplexer(), server, new Echoing());
            served = fresh;
            return fresh::turn;
        }

        @Override
        void stop() throws IOException {
            if (served != null) {
                served.close();
            }
        }
    }

    private static final class Echoing extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            write(data);
        }
    }

    @Benchmark
    public int engine(Engine engine) throws IOException {
        return engine.run();
    }

    /** The least: it takes for granted that the socket takes each answer whole, and that no peer ever goes. */
    @State(Scope.Thread)
    public static class Least extends Exchange {
        private final ByteBuffer buffer =
                ByteBuffer.allocateDirect(EngineSettings.defaults().readBufferBytes());
        private @Nullable Selector selector;

        @Override
        SocketPair.ServerTurn serve(SocketChannel server) throws IOException {
            Selector fresh = Selector.open();
            selector = fresh;
            server.register(fresh, SelectionKey.OP_READ);
            Consumer<SelectionKey> onReady = key -> echo(server);
            return () -> fresh.selectNow(onReady);
        }

        private void echo(SocketChannel server) {
            try {
                server.read(buffer.clear());
                server.write(buffer.flip());
            } catch (IOException e) {
                throw new IllegalStateException("the pair of sockets is broken", e);
            }
        }

        @Override
        void stop() throws IOException {
            if (selector != null) {
                selector.close();
            }
        }
    }

    @Benchmark
    public int leastOfNio(Least least) throws IOException {
        return least.run();
    }
}
