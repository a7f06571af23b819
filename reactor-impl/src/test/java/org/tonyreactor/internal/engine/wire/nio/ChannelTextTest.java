package org.tonyreactor.internal.engine.wire.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class ChannelTextTest {
    @Test
    void writesBothEndsAsPeopleDo() throws Exception {
        SocketChannel client = SocketChannel.open();
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int there = listener.socket().getLocalPort();
            assertEquals("127.0.0.1:" + there, ChannelText.of(listener));
            assertEquals("nowhere to nowhere", ChannelText.of(client));

            client.connect(listener.getLocalAddress());

            int here = client.socket().getLocalPort();
            assertEquals("127.0.0.1:" + here + " to 127.0.0.1:" + there, ChannelText.of(client));
        } finally {
            client.close();
        }
        assertEquals("a closed channel", ChannelText.of(client));
    }
}
