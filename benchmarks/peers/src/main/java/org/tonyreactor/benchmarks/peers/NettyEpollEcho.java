package org.tonyreactor.benchmarks.peers;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;

/** Netty on epoll, through its native library. */
final class NettyEpollEcho {
    private NettyEpollEcho() {}

    public static void main(String[] args) throws IOException {
        Epoll.ensureAvailability();
        NettyEcho.serve(args, EpollIoHandler.newFactory(), EpollServerSocketChannel.class, bootstrap -> {});
    }
}
