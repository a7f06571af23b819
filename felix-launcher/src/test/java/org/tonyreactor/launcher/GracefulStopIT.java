package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers with requests under way when the real server gets SIGTERM: each of them sees FIN, and all that was echoed. */
final class GracefulStopIT {
    private static final int WAITING = 20;
    private static final int SENDING = 20;
    private static final int REQUEST_BYTES = 1_000;
    /** The engine's bound, and the time of the framework. */
    private static final Duration MOST = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new ArrayList<>();

    /** How the connection of a peer has ended. */
    private enum End {
        FIN,
        RESET
    }

    @AfterEach
    void closeAll() throws Exception {
        for (Socket each : open) {
            each.close();
        }
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(ServerProcess.BOUND.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void everyPeerWithARequestUnderWaySeesFin() throws Exception {
        try (ServerProcess server = ServerProcess.ready(home)) {
            List<Socket> waiting = connect(server, WAITING);
            List<Socket> sending = connect(server, SENDING);
            CountDownLatch echoed = new CountDownLatch(SENDING);
            List<Future<End>> ends = new ArrayList<>();
            for (Socket each : sending) {
                threads.execute(() -> send(each));
                ends.add(threads.submit(() -> read(each, echoed)));
            }
            assertTrue(echoed.await(ServerProcess.BOUND.toSeconds(), TimeUnit.SECONDS));
            for (Socket each : waiting) {
                each.getOutputStream().write(new byte[REQUEST_BYTES]);
            }
            long beganNanos = System.nanoTime();

            server.terminate();

            assertEquals(0, server.exitStatus());
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
            assertTrue(millis < MOST.toMillis(), millis + " ms");
            for (Socket each : waiting) { // Only now: a RST would have taken away what it has not read.
                ends.add(threads.submit(() -> read(each, new CountDownLatch(1))));
            }
            assertEquals(Map.of(End.FIN, (long) WAITING + SENDING), count(ends));
            assertEquals(List.of(), server.errors());
        }
    }

    /** Peers that were served already. */
    private List<Socket> connect(ServerProcess server, int count) throws Exception {
        List<Socket> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket peer = server.connect();
            open.add(peer);
            peers.add(peer);
            assertEquals("hello", EchoIT.exchange(peer, "hello"));
        }
        return peers;
    }

    /** Until nobody takes it any more. */
    private static void send(Socket peer) {
        byte[] request = new byte[REQUEST_BYTES];
        try {
            while (!peer.isClosed()) {
                peer.getOutputStream().write(request);
            }
        } catch (IOException e) {
            // The reader says how it has ended.
        }
    }

    private static End read(Socket peer, CountDownLatch echoed) throws IOException {
        InputStream in = peer.getInputStream();
        byte[] answer = new byte[REQUEST_BYTES];
        try {
            while (in.read(answer) >= 0) { // Ends with the connection.
                echoed.countDown();
            }
            return End.FIN;
        } catch (SocketException e) {
            return End.RESET;
        } finally {
            peer.close(); // Whoever has seen the end sends nothing more.
        }
    }

    private static Map<End, Long> count(List<Future<End>> ends) throws Exception {
        List<End> all = new ArrayList<>();
        for (Future<End> each : ends) {
            all.add(each.get(ServerProcess.BOUND.toSeconds(), TimeUnit.SECONDS));
        }
        return all.stream().collect(Collectors.groupingBy(end -> end, Collectors.counting()));
    }
}
