package org.tonyreactor.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.standalone.StandaloneReactor;

/** The examples do what the guide says of them, over real sockets. */
@Timeout(30)
class ExamplesTest {
    private static final int PATIENCE_MILLIS = 20_000;

    private final StandaloneReactor reactor = StandaloneReactor.start(2);
    private final ExecutorService blocking = Executors.newSingleThreadExecutor();

    ExamplesTest() throws IOException {}

    @AfterEach
    void stop() {
        reactor.close();
        blocking.shutdownNow();
    }

    @Test
    void framesAnswersAFrameThatComesInPieces() throws IOException {
        try (Socket peer = connect(serve(peers -> new Frames()))) {
            send(peer, "\0\0\0");
            send(peer, "\5hel");
            send(peer, "lo\0\0\0\1x");

            assertEquals("\0\0\0\5hello\0\0\0\1x", read(peer, 14));
        }
    }

    @Test
    void linesAnswersTheLastLineThatHasNoLineFeed() throws IOException {
        try (Socket peer = connect(serve(peers -> new Lines()))) {
            send(peer, "one\nthree");
            peer.shutdownOutput();

            assertEquals("3\n5\n", readAll(peer));
        }
    }

    @Test
    void numbersSendsAllOfThem() throws IOException {
        try (Socket peer = connect(serve(peers -> new Numbers()))) {
            String all = readAll(peer);

            assertEquals(1_000_000, all.lines().count());
            assertEquals("999999\n", all.substring(all.length() - 7));
        }
    }

    @Test
    void contentSendsTheFile(@TempDir Path folder) throws IOException {
        Path path = Files.writeString(folder.resolve("content"), "all of it\n");
        try (Socket peer = connect(serve(peers -> new Content(path)))) {
            send(peer, "?");
            assertEquals("10\nall of it\n", read(peer, 13));
            send(peer, "?");
            assertEquals("10\nall of it\n", read(peer, 13));
        }
    }

    @Test
    void publicRefusesAPeerThatHasAsManyConnectionsAsItMay() throws IOException {
        EndpointSettings settings = PublicFactory.settings(0);
        Limits withoutRates = settings.limits().withAcceptsPerSecond(0).withAcceptsPerSecondPerPeer(0);
        SocketAddress served = reactor.listen(settings.withLimits(withoutRates), new PublicFactory())
                .localAddress();
        List<Socket> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Socket peer = connect(served);
                peers.add(peer);
                send(peer, "x\n");
                assertEquals("1\n", read(peer, 2));
            }
            Socket oneMore = connect(served);
            peers.add(oneMore);
            assertEquals("", readAll(oneMore));
        } finally {
            for (Socket each : peers) {
                each.close();
            }
        }
    }

    @Test
    void chatPassesAllOnToTheOthers() throws IOException {
        SocketAddress room = serve(peers -> new Chat(reactor.group("room")));
        try (Socket first = connect(room)) {
            assertEquals("1 are here\n", read(first, 11));
            try (Socket second = connect(room)) {
                assertEquals("2 are here\n", read(second, 11));
                send(first, "hello");
                assertEquals("hello", read(second, 5));
                send(second, "hi");
                assertEquals("hi", read(first, 2));
            }
        }
    }

    @Test
    void clockTicksAgain() throws IOException {
        try (Socket peer = connect(serve(peers -> new Clock(Duration.ofMillis(1))))) {
            assertEquals("tick\ntick\ntick\n", read(peer, 15));
        }
    }

    @Test
    void lookupAnswersFromAThreadThatMayWait() throws IOException {
        try (Socket peer = connect(serve(peers -> new Lookup(blocking, key -> key + " is known")))) {
            send(peer, "a\n");
            assertEquals("a is known\n", read(peer, 11));
            send(peer, "b\n");
            assertEquals("b is known\n", read(peer, 11));
        }
    }

    @Test
    void searchIsQuietOnceItsAnswerIsOnItsWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch found = new CountDownLatch(1);
        CompletableFuture<Search> built = new CompletableFuture<>();
        UnaryOperator<String> find = key -> {
            asked.countDown();
            await(found);
            return key + " is found";
        };
        try (Socket peer = connect(serve(peers -> {
            Search search = new Search(blocking, find);
            built.complete(search);
            return search;
        }))) {
            send(peer, "a\n");
            await(asked);
            CompletableFuture<?> quiet = quiesce(built.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
            assertFalse(quiet.isDone());

            found.countDown();

            quiet.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            assertEquals("a is found\n", read(peer, 11));
        }
    }

    /** Asks on the worker. */
    private static CompletableFuture<?> quiesce(Search search) throws Exception {
        CompletableFuture<CompletionStage<?>> asked = new CompletableFuture<>();
        search.transport().execute(() -> asked.complete(search.quiesce()));
        return asked.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).toCompletableFuture();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void proxyPassesAllOnInBothDirections() throws IOException {
        SocketAddress numbers = serve(peers -> new Numbers());
        SocketAddress lines = serve(peers -> new Lines());
        try (Socket down = connect(serve(new Proxy(reactor, numbers)));
                Socket both = connect(serve(new Proxy(reactor, lines)))) {
            send(both, "to and fro");
            both.shutdownOutput();

            assertEquals("10\n", readAll(both));
            assertEquals(1_000_000, readAll(down).lines().count());
        }
    }

    private SocketAddress serve(ProtocolFactory factory) {
        return reactor.listen(EndpointSettings.port(0), factory).localAddress();
    }

    private static Socket connect(SocketAddress address) throws IOException {
        Socket peer = new Socket();
        peer.setSoTimeout(PATIENCE_MILLIS);
        peer.setTcpNoDelay(true);
        peer.connect((InetSocketAddress) address);
        return peer;
    }

    private static void send(Socket peer, String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String read(Socket peer, int bytes) throws IOException {
        return new String(peer.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    private static String readAll(Socket peer) throws IOException {
        return new String(peer.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
