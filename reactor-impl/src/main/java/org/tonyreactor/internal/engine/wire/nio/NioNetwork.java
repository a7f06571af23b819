package org.tonyreactor.internal.engine.wire.nio;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;

/** Wires over the sockets of {@code java.nio}. */
public final class NioNetwork implements Network {
    /** Is told the address where pairs are connected, while it is open. Tests connect to it as strangers. */
    public interface Observer {
        void onPairsOpening(InetSocketAddress address) throws IOException;
    }

    private final ReserveDescriptor reserve = new ReserveDescriptor();
    private final Observer observer;

    public NioNetwork() {
        this(address -> {});
    }

    public NioNetwork(Observer observer) {
        this.observer = observer;
    }

    @Override
    public Multiplexer openMultiplexer(int readBufferBytes) throws IOException {
        return new NioMultiplexer(readBufferBytes);
    }

    @Override
    public ServerWire listen(InetSocketAddress address, int backlog) throws IOException {
        ServerSocketChannel opened = openServer(address.getAddress());
        try {
            opened.bind(address, backlog);
            opened.configureBlocking(false);
            return new NioServerWire(this, opened, reserve);
        } catch (IOException e) {
            opened.close();
            throw e;
        } catch (RuntimeException e) {
            opened.close();
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * A socket of the address' own family: with a socket of IPv6 the kernel has more to do for each packet of an IPv4
     * peer. The wildcard serves both families.
     */
    private static ServerSocketChannel openServer(InetAddress address) throws IOException {
        return address instanceof Inet4Address && !address.isAnyLocalAddress()
                ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                : ServerSocketChannel.open();
    }

    @Override
    public Wire connect(SocketAddress remote, @Nullable SocketAddress local) throws IOException {
        SocketChannel opened = SocketChannel.open();
        try {
            Wire wire = wire(opened);
            if (local != null) {
                bind(opened, local);
            }
            opened.connect(remote);
            return wire;
        } catch (IOException e) {
            opened.close();
            throw e;
        } catch (RuntimeException e) { // The address is unresolved or unsupported.
            opened.close();
            throw new IOException("cannot connect to " + AddressText.of(remote), e);
        }
    }

    private static void bind(SocketChannel opened, SocketAddress local) throws IOException {
        try {
            opened.bind(local);
        } catch (IOException e) {
            throw (IOException) new BindException("local address " + local + ": " + e.getMessage()).initCause(e);
        }
    }

    /** The JDK copies what is in the heap into memory that it keeps for each thread. */
    @Override
    public int writeBufferBytes() {
        return NioWire.HEAP_SLICE_BYTES;
    }

    @Override
    public List<Network.Pair> openPairs(int count) throws IOException {
        return new PairOpener(this, observer).open(count);
    }

    @Override
    public void close() {
        reserve.close();
    }

    /** A wire over a channel, which does not block from now on. */
    Wire wire(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        return new NioWire(channel);
    }
}
