package org.tonyreactor.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One process for each peer and number of workers; all that an echo must do is asked of it. */
class PeersIT {
    /** What not every system has. All others must run. */
    private static final Set<Peer> SYSTEM_DEPENDENT = EnumSet.of(Peer.NETTY_IO_URING, Peer.C_EPOLL, Peer.C_IO_URING);

    /** Those that close at the peer's end, as their authors ship them, though output may still be on its way. */
    private static final Set<Peer> DROPPING_AT_END = EnumSet.of(Peer.NETTY_IO_URING, Peer.MINA);

    private static final int CONNECTIONS = 20;
    private static final int ROUNDS = 10;
    /** Twice what the kernel takes, by default at most, from a sender whose reader does not read. */
    private static final int LARGE_BYTES = 8 * 1024 * 1024;

    private static final int STALL_MILLIS = 200;
    private static final int SMALL_BUFFER_BYTES = 4096;
    private static final int BOUND_SECONDS = 20;

    private final Random random = new Random(7);

    @ParameterizedTest
    @EnumSource(Peer.class)
    void echoesWithOneWorkerAndEndsWithItsInput(Peer peer) throws Exception {
        echoes(peer, 1);
    }

    @ParameterizedTest
    @EnumSource(Peer.class)
    void echoesWithTwoWorkersAndEndsWithItsInput(Peer peer) throws Exception {
        echoes(peer, 2);
    }

    private void echoes(Peer peer, int workers) throws Exception {
        Optional<String> unavailable = peer.unavailable();
        assumeTrue(
                unavailable.isEmpty() || !SYSTEM_DEPENDENT.contains(peer),
                () -> peer.label() + ": " + unavailable.orElse(""));
        assertEquals(Optional.empty(), unavailable);

        try (PeerProcess process = PeerProcess.start(peer, workers)) {
            echoesManyConnections(process);
            echoesLargeMessageToSlowReader(process);
            echoesOneMessageOfEachConnection(process);
            closesWhenPeerHasEndedItsOutput(process, !DROPPING_AT_END.contains(peer));
            survivesReset(process);

            try (Socket idle = process.connect()) {
                assertEchoes(idle, 64);
                process.endInput();
            }
        }
    }

    private void echoesManyConnections(PeerProcess process) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                sockets.add(process.connect());
            }
            for (int round = 0; round < ROUNDS; round++) {
                List<byte[]> messages = new ArrayList<>();
                for (Socket socket : sockets) {
                    byte[] message = bytes(1 + random.nextInt(16 * 1024));
                    messages.add(message);
                    socket.getOutputStream().write(message);
                }
                for (int i = 0; i < CONNECTIONS; i++) {
                    byte[] message = messages.get(i);
                    assertArrayEquals(message, sockets.get(i).getInputStream().readNBytes(message.length));
                }
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** It reads nothing until all is written, out of small buffers: the echo has to wait in the peer. */
    private void echoesLargeMessageToSlowReader(PeerProcess process) throws Exception {
        Socket slow = new Socket();
        slow.setReceiveBufferSize(SMALL_BUFFER_BYTES);
        try (Socket socket = process.connect(slow)) {
            byte[] message = bytes(LARGE_BYTES);
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(message);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            // It is all written soon, or the peer takes no more until it can send. Others are served meanwhile.
            stalls(written);
            try (Socket other = process.connect()) {
                for (int i = 0; i < 10; i++) {
                    assertEchoes(other, 1000);
                }
            }
            byte[] echo = new byte[LARGE_BYTES];
            for (int read = 0; read < LARGE_BYTES; ) {
                int count = socket.getInputStream().read(echo, read, Math.min(1000, LARGE_BYTES - read));
                assertTrue(count > 0, "the connection has ended after " + read + " bytes");
                read += count;
            }
            assertArrayEquals(message, echo);
            written.get(BOUND_SECONDS, TimeUnit.SECONDS);
            assertEchoes(socket, 64);
        }
    }

    private static void stalls(CompletableFuture<Void> written) throws Exception {
        try {
            written.get(STALL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // A peer that bounds what is pending.
        }
    }

    private void echoesOneMessageOfEachConnection(PeerProcess process) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            try (Socket socket = process.connect()) {
                assertEchoes(socket, 64);
            }
        }
    }

    /** With the end close behind the message where the peer can bear it, else after the echo. */
    private void closesWhenPeerHasEndedItsOutput(PeerProcess process, boolean atOnce) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            try (Socket socket = process.connect()) {
                byte[] message = bytes(1000);
                socket.getOutputStream().write(message);
                if (atOnce) {
                    socket.shutdownOutput();
                }
                assertArrayEquals(message, socket.getInputStream().readNBytes(message.length));
                if (!atOnce) {
                    socket.shutdownOutput();
                }
                assertEquals(-1, socket.getInputStream().read(), "what comes after the echo");
            }
        }
    }

    private void survivesReset(PeerProcess process) throws IOException {
        try (Socket socket = process.connect()) {
            socket.getOutputStream().write(bytes(1000));
            socket.setSoLinger(true, 0);
        }
        try (Socket socket = process.connect()) {
            assertEchoes(socket, 64);
        }
    }

    private void assertEchoes(Socket socket, int size) throws IOException {
        byte[] message = bytes(size);
        socket.getOutputStream().write(message);
        assertArrayEquals(message, socket.getInputStream().readNBytes(size));
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
