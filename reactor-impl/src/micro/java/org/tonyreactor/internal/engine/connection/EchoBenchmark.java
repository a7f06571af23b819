package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
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
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.loop.MicroBenchmark;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;

/**
 * The whole of an echo on real sockets, client and server on one thread, so that nothing waits for another processor:
 * a worker of the engine, and the least that java.nio can do for the same. Their difference is what the engine adds.
 * An operation is one exchange: {@code depth} messages are sent, one write each, then all of them come back.
 */
public class EchoBenchmark extends MicroBenchmark {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** The client, and what serves it. */
    @State(Scope.Thread)
    public abstract static class Exchange {
        @Param({"64x1", "64x16", "16384x1"})
        String messages = "64x1";

        private SocketChannel client;
        private ByteBuffer message;
        private int depth;

        @Setup
        public void open() throws IOException {
            String[] sizeAndDepth = messages.split("x", 2);
            message = ByteBuffer.allocateDirect(Integer.parseInt(sizeAndDepth[0]));
            depth = Integer.parseInt(sizeAndDepth[1]);
            client = SocketChannel.open();
            serve(client);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.configureBlocking(false);
        }

        /** Listens, lets the client connect, and takes its connection. */
        abstract void serve(SocketChannel connecting) throws IOException;

        /** What the server does until it would sleep. */
        abstract void turn() throws IOException;

        abstract void stop() throws IOException;

        int run() throws IOException {
            for (int i = 0; i < depth; i++) {
                client.write(message.clear());
            }
            int expected = message.capacity() * depth;
            for (int received = 0; received < expected; ) { // Ends: the kernel loses nothing.
                turn();
                int count = client.read(message.clear());
                if (count < 0) {
                    throw new IOException("the server has closed the connection");
                }
                received += count;
            }
            return message.position();
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            stop();
            client.close();
        }

        static <T> T served(@Nullable T server) {
            if (server == null) {
                throw new IllegalStateException("there is no connection yet");
            }
            return server;
        }
    }

    /** The engine's worker. */
    public static class Engine extends Exchange {
        private final Network network = new NioNetwork();
        private @Nullable ServedConnection connection;

        @Override
        void serve(SocketChannel connecting) throws IOException {
            ServerWire server = network.listen(ANY_PORT, 1);
            connecting.connect(server.localAddress());
            Wire accepted = server.accept();
            while (accepted == null) {
                accepted = server.accept();
            }
            server.close();
            connection = new ServedConnection(network, accepted, new Echoing());
        }

        @Override
        void turn() {
            served(connection).turn();
        }

        @Override
        void stop() {
            served(connection).close();
            network.close();
        }
    }

    @Benchmark
    public int engine(Engine engine) throws IOException {
        return engine.run();
    }

    /** The least: it takes for granted that the socket takes each answer whole, and that no peer ever goes. */
    public static class Least extends Exchange {
        private final ByteBuffer buffer =
                ByteBuffer.allocateDirect(EngineSettings.defaults().readBufferBytes());
        private final Consumer<SelectionKey> onReady = this::echo;
        private @Nullable Selector selector;

        @Override
        void serve(SocketChannel connecting) throws IOException {
            try (ServerSocketChannel listener = ServerSocketChannel.open()) {
                listener.bind(ANY_PORT);
                connecting.connect(listener.getLocalAddress());
                SocketChannel accepted = listener.accept();
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                accepted.configureBlocking(false);
                selector = Selector.open();
                accepted.register(selector, SelectionKey.OP_READ);
            }
        }

        private void echo(SelectionKey ready) {
            SocketChannel server = (SocketChannel) ready.channel();
            try {
                server.read(buffer.clear());
                server.write(buffer.flip());
            } catch (IOException e) {
                throw new IllegalStateException("the pair of sockets is broken", e);
            }
        }

        @Override
        void turn() throws IOException {
            served(selector).selectNow(onReady);
        }

        @Override
        void stop() throws IOException {
            for (SelectionKey key : served(selector).keys()) {
                key.channel().close();
            }
            served(selector).close();
        }
    }

    @Benchmark
    public int leastOfNio(Least least) throws IOException {
        return least.run();
    }
}
