package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Two ends of a connection on the loopback address. */
record SocketPair(SocketChannel client, SocketChannel server) {
    static SocketPair open() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel client = SocketChannel.open(listener.getLocalAddress());
            SocketChannel server = listener.accept();
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.configureBlocking(false);
            server.configureBlocking(false);
            return new SocketPair(client, server);
        }
    }

    /** Sends messages of some bytes, one write each, and takes the answers while the server works. */
    void exchange(ByteBuffer message, int depth, ServerTurn turn) throws IOException {
        int expected = message.capacity() * depth;
        for (int i = 0; i < depth; i++) {
            client.write(message.clear());
        }
        for (int received = 0; received < expected; ) { // Ends: the kernel loses nothing.
            turn.run();
            int count = client.read(message.clear());
            if (count < 0) {
                throw new IOException("the server has closed the connection");
            }
            received += count;
        }
    }

    void close() throws IOException {
        client.close();
        server.close();
    }

    /** What the server does until it would sleep. */
    interface ServerTurn {
        void run() throws IOException;
    }
}
