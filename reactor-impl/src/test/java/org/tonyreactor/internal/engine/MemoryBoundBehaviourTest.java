package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Peers that have a server keep more than it has memory for. It runs in a process of its own, with a heap of 128 MiB and the
 * default settings. An honest client is served meanwhile, and afterwards everything is back.
 */
@Timeout(240)
@EnabledOnOs(OS.LINUX)
class MemoryBoundBehaviourTest {
    private static final int RECEIVE_BUFFER_BYTES = 2_048;
    private static final int SEND_BYTES = 1 << 14;
    /** What one that drips sends in all. */
    private static final int DRIP_ROUNDS = 20;

    private static final int DRIP_BYTES = 800;

    private static final int PEERS_PER_PAUSE = 50;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long FLOOD_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PING_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PATIENCE_MILLIS = (int) PATIENCE.toMillis();

    /** What may be more than before: what was loaded and compiled meanwhile. */
    private static final long HEAP_SLACK_BYTES = 6 << 20;

    /** How often the honest client's times may be taken anew. */
    private static final int TRIES = 3;

    /** The bound, a quarter of the heap, and what is much of it. */
    private static final long MAX_BYTES = 32 << 20;

    private static final long MUCH_BYTES = 16 << 20;

    @TempDir
    Path folder;

    /** The most that was seen to be in use. */
    private long mostBytes;

    /** What hostile peers do. */
    private interface Attack {
        /** Before the honest client's waits are taken. Returns how many bytes of memory were in use at the end. */
        default long prepare(HeapServerFixture server, List<SocketChannel> peers) throws IOException {
            return 0;
        }

        void on(List<SocketChannel> peers) throws IOException;
    }

    private static final class Flood implements Attack {
        @Override
        public long prepare(HeapServerFixture server, List<SocketChannel> peers) throws IOException {
            return fill(server, peers);
        }

        @Override
        public void on(List<SocketChannel> peers) {
            sendForAWhile(peers);
        }
    }

    @Test
    void holdsPeersThatSendAndNeverRead() throws Exception {
        holds(2_000, new Flood());
    }

    @Test
    void holdsSlowReadersOfAMebibyteEach() throws Exception {
        holds(2_000, peers -> sendAll(peers, HeapServerFixture.OWE + "1"));
    }

    @Test
    void holdsPeersThatDrip() throws Exception {
        holds(5_000, MemoryBoundBehaviourTest::drip);
    }

    @Test
    void holdsClosedWindowsWithEightMebibytesEach() throws Exception {
        holds(100, peers -> sendAll(peers, HeapServerFixture.OWE + "8"));
    }

    private void holds(int count, Attack attack) throws Exception {
        try (HeapServerFixture server = new HeapServerFixture(folder, "-Xmx128m")) {
            long own = server.memoryBytes();
            long[] p99 = new long[2];
            boolean fair = false;
            assertEquals(5, echo(server.port()), "the server does not answer");
            await().until(() -> server.poolUsed() == 0);
            int descriptors = server.descriptors();
            long heap = server.heapBytes();
            for (int i = 0; i < TRIES && !fair; i++) {
                p99 = attack(server, count, attack);
                fair = p99[1] <= Math.max(3 * p99[0], p99[0] + TimeUnit.MILLISECONDS.toNanos(50));
                await().until(() -> server.poolUsed() == 0);
            }

            assertTrue(fair, "p99 of an honest client in ns, without and with them: " + Arrays.toString(p99));
            assertTrue(
                    mostBytes >= MUCH_BYTES || server.memoryEnded() > 0,
                    mostBytes + " bytes at most: memory was never short");
            assertTrue(mostBytes <= MAX_BYTES, mostBytes + " bytes");
            assertFalse(server.errors().contains("OutOfMemoryError"), "the heap was exhausted");
            assertEquals(own, server.memoryBytes());
            await().until(() -> server.descriptors() <= descriptors); // A first connection may have lingered a turn.
            await().until(() -> server.heapBytes() <= heap + HEAP_SLACK_BYTES);
            assertEquals(0, server.restarts());
        }
    }

    /** Returns the p99 of an honest client's waits, before it and meanwhile. */
    private long[] attack(HeapServerFixture server, int count, Attack attack) throws Exception {
        List<SocketChannel> peers = new ArrayList<>();
        try (Honest honest = new Honest(server.port())) {
            long quiet = honest.p99For(() -> LockSupport.parkNanos(QUIET_NANOS));
            for (int i = 0; i < count; i++) {
                peers.add(connect(server.port()));
            }
            mostBytes = Math.max(mostBytes, attack.prepare(server, peers));
            long loaded = honest.p99For(() -> attack.on(peers));
            mostBytes = Math.max(mostBytes, server.memoryBytes());
            return new long[] {quiet, loaded};
        } finally {
            for (SocketChannel peer : peers) {
                peer.close();
            }
        }
    }

    private static SocketChannel connect(int port) throws IOException {
        SocketChannel peer = SocketChannel.open();
        peer.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        peer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        peer.configureBlocking(false);
        return peer;
    }

    /**
     * As fast as it can, until the kernel takes no more for the peers and the server has to keep it. When connections end, the
     * kernel has memory again and takes it.
     */
    private static long fill(HeapServerFixture server, List<SocketChannel> peers) throws IOException {
        byte[] data = new byte[SEND_BYTES];
        long began = System.nanoTime();
        long used = 0;
        while (used < MUCH_BYTES && System.nanoTime() - began < PATIENCE.toNanos()) {
            sendEach(peers, data, peers.size());
            used = server.memoryBytes();
        }
        return used;
    }

    private static void sendForAWhile(List<SocketChannel> peers) {
        byte[] data = new byte[SEND_BYTES];
        long began = System.nanoTime();
        while (System.nanoTime() - began < FLOOD_NANOS) {
            sendEach(peers, data, PEERS_PER_PAUSE);
        }
    }

    private static void sendAll(List<SocketChannel> peers, String order) {
        sendEach(peers, order.getBytes(StandardCharsets.US_ASCII), 1);
        LockSupport.parkNanos(FLOOD_NANOS);
    }

    private static void drip(List<SocketChannel> peers) {
        sendEach(peers, HeapServerFixture.DRIP.getBytes(StandardCharsets.US_ASCII), PEERS_PER_PAUSE);
        for (int i = 0; i < DRIP_ROUNDS; i++) {
            sendEach(peers, new byte[DRIP_BYTES], PEERS_PER_PAUSE);
        }
    }

    /** So fast that memory runs short, and not so fast that what is measured is who gets the processor. */
    private static void sendEach(List<SocketChannel> peers, byte[] bytes, int peersPerPause) {
        for (int i = 0; i < peers.size(); i++) {
            send(peers.get(i), ByteBuffer.wrap(bytes));
            if (i % peersPerPause == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void send(SocketChannel peer, ByteBuffer data) {
        try {
            peer.write(data);
        } catch (IOException e) {
            data.clear(); // The server has ended this one.
        }
    }

    private static int echo(int port) throws IOException {
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
            peer.setSoTimeout(PATIENCE_MILLIS);
            peer.getOutputStream().write("fresh".getBytes(StandardCharsets.US_ASCII));
            return peer.getInputStream().readNBytes(5).length;
        }
    }

    private static org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    /** A client that asks, waits for the answer, and asks again a little later, on a connection that has to last. */
    private static final class Honest implements Closeable {
        private static final int MOST_WAITS = 1 << 17;

        private interface Action {
            void run() throws Exception;
        }

        private final Socket socket;

        Honest(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
        }

        /** The p99 of its waits while something is done. */
        long p99For(Action action) throws Exception {
            long[] waits = new long[MOST_WAITS];
            int[] count = {0};
            IOException[] failure = {null};
            AtomicBoolean ended = new AtomicBoolean();
            Thread asking = new Thread(() -> {
                try {
                    do {
                        waits[count[0]++] = ask();
                        LockSupport.parkNanos(PING_NANOS);
                    } while (!ended.get() && count[0] < MOST_WAITS);
                } catch (IOException e) {
                    failure[0] = e;
                }
            });
            asking.start();
            try {
                action.run();
            } finally {
                ended.set(true);
                asking.join(PATIENCE_MILLIS);
            }
            if (failure[0] != null) {
                throw new AssertionError("the honest client has lost its connection", failure[0]);
            }
            Arrays.sort(waits, 0, count[0]);
            return waits[count[0] * 99 / 100];
        }

        private long ask() throws IOException {
            long began = System.nanoTime();
            socket.getOutputStream().write("ask!".getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().readNBytes(4).length < 4) {
                throw new IOException("the server has ended the connection");
            }
            return System.nanoTime() - began;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
