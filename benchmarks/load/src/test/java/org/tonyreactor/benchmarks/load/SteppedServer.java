package org.tonyreactor.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** An echo server without a thread: it echoes what has come when it is told to. */
final class SteppedServer implements Closeable {
    private final ServerSocketChannel listener =
            ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);

    SteppedServer() throws IOException {}

    int port() {
        return listener.socket().getLocalPort();
    }

    void accept(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = listener.accept();
            channel.configureBlocking(false);
            channels.add(channel);
        }
    }

    void echo() throws IOException {
        for (SocketChannel each : channels) {
            each.read(buffer.clear());
            buffer.flip();
            while (buffer.hasRemaining()) {
                each.write(buffer);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel each : channels) {
            each.close();
        }
        listener.close();
    }
}
