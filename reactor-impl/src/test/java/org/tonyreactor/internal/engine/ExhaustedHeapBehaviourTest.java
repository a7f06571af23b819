package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** When the heap is exhausted, by whoever. The server runs in a process of its own, with a small heap. */
@Timeout(240)
@EnabledOnOs(OS.LINUX)
class ExhaustedHeapBehaviourTest {
    private static final int PEERS = 400;
    private static final int RECEIVE_BUFFER_BYTES = 2_048;
    /** As many ask for the heap to be filled. */
    private static final int CLIENTS = 10;

    /** How often each thread is stopped. */
    private static final int STOPS = 10;

    private static final int SEND_BYTES = 1 << 16;
    private static final Duration NOTHING_TAKEN = Duration.ofMillis(5);
    /** How long one peer waits, before another one is sent. */
    private static final int ANSWER_MILLIS = 2_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long the peers send at most. */
    private static final Duration FLOOD_BOUND = Duration.ofSeconds(12);

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    @TempDir
    Path folder;

    /** Peers that came while there was no memory, and were lost. */
    private int unanswered;

    @Test
    void outlivesPeersThatSendAndNeverRead() throws Exception {
        try (HeapServerFixture server =
                new HeapServerFixture(folder, "-Xmx40m", "-XX:+UseSerialGC", HeapServerFixture.UNBOUNDED)) {
            assertEchoes(server);
            settles(server, 0);
            int descriptors = server.descriptors();

            flood(server);

            assertEchoes(server);
            settles(server, 0);
            settlesDescriptors(server, descriptors);
            assertTrue(isExhausted(server), "the heap was not exhausted");
        }
    }

    @Test
    void outlivesAProtocolThatFillsTheHeap() throws Exception {
        try (HeapServerFixture server =
                new HeapServerFixture(folder, "-Xmx40m", "-XX:+UseSerialGC", HeapServerFixture.UNBOUNDED)) {
            assertEchoes(server);
            settles(server, 0);
            int descriptors = server.descriptors();

            List<ClientFixture> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(fixture.connect(server.port()).send(HeapServerFixture.FILL));
            }
            EngineFixture.eventually(() -> isExhausted(server));
            server.letGo();
            for (ClientFixture client : clients) {
                client.close();
            }

            assertEchoes(server);
            settles(server, 0);
            settlesDescriptors(server, descriptors);
        }
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_19, disabledReason = "Thread.stop throws UnsupportedOperationException")
    void outlivesAStopOfItsThreads() throws Exception {
        try (HeapServerFixture server =
                new HeapServerFixture(folder, "-Xmx40m", "-XX:+UseSerialGC", HeapServerFixture.UNBOUNDED)) {
            for (int i = 0; i < STOPS; i++) {
                server.stopWorker();
                assertEchoes(server);
                server.stopAcceptor();
                assertEchoes(server);
            }

            settles(server, 0);
            assertTrue(server.errors().contains("ThreadDeath"), "no thread was stopped");
        }
    }

    /** Else the test would show nothing. */
    private static boolean isExhausted(HeapServerFixture server) throws IOException {
        String errors = server.errors();
        return errors.contains("OutOfMemoryError") || errors.contains("could not be logged");
    }

    /** A connection that came while there was no memory may be lost: then the next one is served. */
    private void assertEchoes(HeapServerFixture server) throws IOException {
        try {
            await().until(() -> isAnswered(server));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("the server does not answer, and said:\n" + server.errors(), e);
        }
    }

    private boolean isAnswered(HeapServerFixture server) {
        try {
            if (isEchoed(server)) {
                return true;
            }
        } catch (IOException e) {
            // It is counted with those whose answer is another one.
        }
        unanswered++;
        return false;
    }

    private static boolean isEchoed(HeapServerFixture server) throws IOException {
        try (Socket peer = new Socket()) {
            peer.setSoTimeout(ANSWER_MILLIS);
            peer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), ANSWER_MILLIS);
            peer.getOutputStream().write("fresh".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = peer.getInputStream().readNBytes(5);
            return new String(answer, StandardCharsets.US_ASCII).equals("fresh");
        }
    }

    /** While the heap is exhausted each allocation is a collection of all of it: that takes its time. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    /**
     * A channel is closed in the turn after the slot was given back; one that was lost for want of memory, when it is collected.
     * The JDK may lose the descriptor of a peer for good when memory runs out inside accept: then that peer had no answer.
     */
    private void settlesDescriptors(HeapServerFixture server, int descriptors) {
        await().until(() -> server.descriptors() <= descriptors + unanswered);
    }

    private static void settles(HeapServerFixture server, int poolUsed) {
        await().until(() -> server.poolUsed() == poolUsed);
    }

    /** Peers send until nothing is left of the heap, read nothing, and go. */
    private static void flood(HeapServerFixture server) throws IOException {
        List<SocketChannel> peers = new ArrayList<>();
        try {
            for (int i = 0; i < PEERS; i++) {
                SocketChannel peer = SocketChannel.open();
                peers.add(peer);
                peer.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
                peer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                peer.configureBlocking(false);
            }
            ByteBuffer data = ByteBuffer.allocateDirect(SEND_BYTES);
            long began = System.nanoTime();
            for (int i = 0; !isExhausted(server) && System.nanoTime() - began < FLOOD_BOUND.toNanos(); i++) {
                sendAll(peers.get(i % PEERS), data);
            }
        } finally {
            for (SocketChannel peer : peers) {
                peer.close();
            }
        }
    }

    /** Sends until the server has taken nothing for a while: what it answers fills its socket, and then its heap. */
    private static void sendAll(SocketChannel peer, ByteBuffer data) {
        try {
            long lastTaken = System.nanoTime();
            while (System.nanoTime() - lastTaken < NOTHING_TAKEN.toNanos()) {
                if (peer.write(data.clear()) > 0) {
                    lastTaken = System.nanoTime();
                }
            }
        } catch (IOException e) {
            data.clear(); // The server has ended this one.
        }
    }
}
