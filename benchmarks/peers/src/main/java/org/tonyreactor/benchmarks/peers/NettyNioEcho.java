package org.tonyreactor.benchmarks.peers;

import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;

/** Netty on the JDK's selectors. */
final class NettyNioEcho {
    private NettyNioEcho() {}

    public static void main(String[] args) throws IOException {
        NettyEcho.serve(args, NioIoHandler.newFactory(), NioServerSocketChannel.class, bootstrap -> {});
    }
}
