package org.tonyreactor.internal.engine.wire.nio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.internal.engine.wire.Network;

/**
 * Opens pairs of wires to which no other process can connect: connections of this process to itself.
 *
 * <p>While the pairs are opened, and only then, a listener is open on an ephemeral port of the loopback address. A peer
 * must come from the port of the first end, and must send a nonce of 128 random bits. Any other peer is closed at once.
 */
final class PairOpener {
    /** How long connecting one pair may take. */
    static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    /** How many strangers are turned away before it fails. */
    static final int MAX_STRANGERS = 10_000;

    private static final Log LOG = Log.named("org.tonyreactor.loopback");
    private static final int NONCE_BYTES = 16;

    private final NioNetwork network;
    private final NioNetwork.Observer observer;

    PairOpener(NioNetwork network, NioNetwork.Observer observer) {
        this.network = network;
        this.observer = observer;
    }

    /**
     * Opens a number of pairs. Blocks the caller, bounded by {@link #CONNECT_TIMEOUT_MILLIS} each.
     *
     * @throws IOException when the loopback interface cannot be used
     */
    List<Network.Pair> open(int count) throws IOException {
        List<Network.Pair> opened = new ArrayList<>();
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            observer.onPairsOpening(address);
            for (int i = 0; i < count; i++) {
                opened.add(connect(listener, address));
            }
            return opened;
        } catch (IOException | RuntimeException | Error e) {
            opened.forEach(Network.Pair::close);
            throw e;
        }
    }

    private Network.Pair connect(ServerSocketChannel listener, InetSocketAddress address) throws IOException {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        SocketChannel first = SocketChannel.open();
        try {
            first.socket().connect(address, CONNECT_TIMEOUT_MILLIS);
            first.write(ByteBuffer.wrap(nonce)); // Fits into any socket buffer.
            SocketChannel second = accept(listener, first, nonce);
            first.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return new Network.Pair(network.wire(first), network.wire(second));
        } catch (IOException | RuntimeException | Error e) {
            first.close();
            throw e;
        }
    }

    private static SocketChannel accept(ServerSocketChannel listener, SocketChannel first, byte[] nonce)
            throws IOException {
        listener.socket().setSoTimeout(CONNECT_TIMEOUT_MILLIS);
        for (int strangers = 0; strangers < MAX_STRANGERS; strangers++) {
            SocketChannel candidate = listener.socket().accept().getChannel();
            if (candidate.getRemoteAddress().equals(first.getLocalAddress()) && saysNonce(candidate, nonce)) {
                return candidate;
            }
            LOG.warnOfKind(
                    "a stranger is turned away",
                    "",
                    "turned {} away from a pair of wires",
                    AddressText.of(candidate.getRemoteAddress()));
            candidate.close();
        }
        throw new IOException(
                "turned " + MAX_STRANGERS + " strangers away from " + AddressText.of(listener.getLocalAddress())
                        + ": something on this machine floods its loopback ports; stop it and start the engine again");
    }

    private static boolean saysNonce(SocketChannel candidate, byte[] nonce) throws IOException {
        candidate.socket().setSoTimeout(CONNECT_TIMEOUT_MILLIS);
        try {
            byte[] said = candidate.socket().getInputStream().readNBytes(NONCE_BYTES);
            return MessageDigest.isEqual(said, nonce);
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
