package org.tonyreactor.internal.engine.accept;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the loopback channel: the worker's end writes tokens, the acceptor's end reads them.
 *
 * <p>The seed tells its acceptor of each closed connection through a socket; so does this engine, with one socket per
 * worker that is connected while the engine starts. For that time only a listener is open on an ephemeral port of the
 * loopback address. Who connects must come from the very port that the worker's socket has, and must say a nonce of
 * 128 random bits; anyone else is closed at once.
 *
 * @param workerEnd non-blocking, for the worker's sender
 * @param acceptorEnd non-blocking, for the acceptor's receiver
 */
public record Loopback(SocketChannel workerEnd, SocketChannel acceptorEnd) {
    /** How long connecting one worker may take. */
    static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    /** How many strangers are turned away before the engine gives up. */
    static final int MAX_STRANGERS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.loopback");
    private static final int NONCE_BYTES = 16;

    /** Told of the listener's address while it is open; tests play the stranger there. */
    public interface Observer {
        void onOpen(InetSocketAddress address) throws IOException;
    }

    /**
     * Connects a number of workers. Blocks the caller, bounded by {@link #CONNECT_TIMEOUT_MILLIS} each.
     *
     * @throws IOException when the loopback interface cannot be used
     */
    public static List<Loopback> open(int workers, Observer observer) throws IOException {
        List<Loopback> opened = new ArrayList<>();
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            observer.onOpen(address);
            for (int i = 0; i < workers; i++) {
                opened.add(connect(listener, address));
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            for (Loopback loopback : opened) {
                loopback.close();
            }
            throw e;
        }
    }

    /** Closes both ends of a channel that no loop has taken over. */
    public void close() throws IOException {
        workerEnd.close();
        acceptorEnd.close();
    }

    private static Loopback connect(ServerSocketChannel listener, InetSocketAddress address) throws IOException {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        SocketChannel workerEnd = SocketChannel.open();
        try {
            workerEnd.socket().connect(address, CONNECT_TIMEOUT_MILLIS);
            workerEnd.write(ByteBuffer.wrap(nonce)); // Fits into any socket buffer.
            SocketChannel acceptorEnd = accept(listener, workerEnd, nonce);
            workerEnd.setOption(StandardSocketOptions.TCP_NODELAY, true);
            workerEnd.configureBlocking(false);
            acceptorEnd.configureBlocking(false);
            return new Loopback(workerEnd, acceptorEnd);
        } catch (IOException | RuntimeException e) {
            workerEnd.close();
            throw e;
        }
    }

    private static SocketChannel accept(ServerSocketChannel listener, SocketChannel workerEnd, byte[] nonce)
            throws IOException {
        listener.socket().setSoTimeout(CONNECT_TIMEOUT_MILLIS);
        for (int strangers = 0; strangers < MAX_STRANGERS; strangers++) {
            SocketChannel candidate = listener.socket().accept().getChannel();
            if (candidate.getRemoteAddress().equals(workerEnd.getLocalAddress()) && saysNonce(candidate, nonce)) {
                return candidate;
            }
            LOG.warn("turned {} away from the loopback channel", candidate.getRemoteAddress());
            candidate.close();
        }
        throw new IOException("turned " + MAX_STRANGERS + " strangers away from " + listener.getLocalAddress()
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
