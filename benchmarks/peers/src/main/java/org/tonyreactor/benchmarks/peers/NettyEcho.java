package org.tonyreactor.benchmarks.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * Netty's echo, the same for all its transports: writes gather until all that was there is read. One group of loops
 * accepts, reads and writes, so that there are as many threads as workers are asked for.
 */
final class NettyEcho {
    private NettyEcho() {}

    /** Netty on the JDK's selectors. */
    static final class Nio {
        private Nio() {}

        public static void main(String[] args) throws IOException {
            serve(args, NioIoHandler.newFactory(), NioServerSocketChannel.class, bootstrap -> {});
        }
    }

    /** Netty on epoll, through its native library. */
    static final class Epoll {
        private Epoll() {}

        public static void main(String[] args) throws IOException {
            io.netty.channel.epoll.Epoll.ensureAvailability();
            serve(args, EpollIoHandler.newFactory(), EpollServerSocketChannel.class, bootstrap -> {});
        }
    }

    static void serve(
            String[] args,
            IoHandlerFactory loops,
            Class<? extends ServerChannel> listener,
            Consumer<ServerBootstrap> more)
            throws IOException {
        EchoOptions options = EchoOptions.parse(args);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(options.workers(), loops);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(listener)
                .option(ChannelOption.SO_BACKLOG, EchoOptions.BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new EchoHandler());
        more.accept(bootstrap);
        InetSocketAddress bound = (InetSocketAddress) bootstrap
                .bind(options.address())
                .syncUninterruptibly()
                .channel()
                .localAddress();
        EchoOptions.serve(bound.getPort());
    }

    /** What fails arrives as an exception, and closes the connection. */
    @Sharable
    @SuppressWarnings("FutureReturnValueIgnored")
    private static final class EchoHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object data) {
            context.write(data, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
