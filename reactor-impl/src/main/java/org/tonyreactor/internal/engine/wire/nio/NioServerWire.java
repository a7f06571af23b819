package org.tonyreactor.internal.engine.wire.nio;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;

/** A {@link ServerWire} over a server socket. */
final class NioServerWire implements ServerWire {
    private static final Log LOG = Log.named("org.tonyreactor.acceptor");

    private final NioNetwork network;
    private final ServerSocketChannel channel;
    private final ReserveDescriptor reserve;
    private @Nullable NioMultiplexer multiplexer;
    private boolean accepting;

    NioServerWire(NioNetwork network, ServerSocketChannel channel, ReserveDescriptor reserve) {
        this.network = network;
        this.channel = channel;
        this.reserve = reserve;
    }

    @Override
    public @Nullable Wire accept() throws IOException {
        reserve.restore(); // Before a peer gets the descriptor.
        SocketChannel peer = channel.accept();
        if (peer == null) {
            return null;
        }
        try {
            return network.wire(peer);
        } catch (IOException e) {
            LOG.debug("a peer was gone before it was accepted", e);
            peer.close();
            return null; // The next poll tells of those behind it.
        }
    }

    @Override
    public boolean refuseOne() {
        return reserve.refuseOne(channel);
    }

    @Override
    public void attach(Multiplexer to, Multiplexer.ReadyHandler handler) throws IOException {
        NioMultiplexer attached = (NioMultiplexer) to;
        attached.register(channel, accepting ? ACCEPT : 0, handler);
        multiplexer = attached;
    }

    @Override
    public void accepting(boolean on) {
        accepting = on;
        if (multiplexer != null) {
            multiplexer.interest(channel, on ? ACCEPT : 0);
        }
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        return channel.getLocalAddress();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (multiplexer != null) {
            multiplexer.reap();
        }
    }

    @Override
    public String toString() {
        return "listener on " + ChannelText.of(channel);
    }
}
