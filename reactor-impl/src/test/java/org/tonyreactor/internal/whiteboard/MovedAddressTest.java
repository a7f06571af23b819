package org.tonyreactor.internal.whiteboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.reactor.EndpointProperty;

/** An endpoint is registered anew at another address. */
class MovedAddressTest {
    private static final String FROM = "127.0.0.1";
    private static final String TO = "127.0.0.2";

    private Engine engine;
    private FactoryWhiteboard whiteboard;

    /** Answers each byte with how many there were. */
    private static final class Counting extends Protocol implements Resumable {
        private byte count;

        @Override
        public void dataReceived(ByteBuffer data) {
            while (data.hasRemaining()) {
                data.get();
                write(new byte[] {++count});
            }
        }

        @Override
        public ByteBuffer suspend() {
            return ByteBuffer.wrap(new byte[] {count});
        }

        @Override
        public void resume(ByteBuffer state) {
            count = state.get();
        }
    }

    @BeforeEach
    void start() throws IOException {
        engine = Engine.start(EngineSettings.defaults().withWorkers(1));
        whiteboard = new FactoryWhiteboard(new ServingContext(
                engine,
                new DeclarationReader(EndpointProperty.all(), Map.of("reactor.engine.name", "default")),
                new Predecessors(engine),
                engine.newReactor(),
                new ChangeCount(),
                new ClassLoaderLeaks(() -> 0)));
    }

    @AfterEach
    void stop() {
        engine.close();
        whiteboard.close();
    }

    @Test
    void connectionsThatAreSuspendedAtTheOldOneGoOnAndItsPortIsReleased() throws IOException {
        add(1, FROM);
        int port = engine.bindings().get(0).port();
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertEquals(1, ask(peer));

            whiteboard.remove(1);
            add(2, TO);

            assertEquals(2, ask(peer));
            assertEquals(List.of(TO), hosts());
            try (ServerSocket other = new ServerSocket()) {
                other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)); // It is free.
            }
        }
    }

    @Test
    void peersThatWaitAtTheOldOneAreServedToo() throws IOException {
        add(1, FROM);
        int port = engine.bindings().get(0).port();
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertEquals(1, ask(peer));
            whiteboard.remove(1);
            try (Socket waiting = new Socket(InetAddress.getLoopbackAddress(), port)) {
                await().until(() -> engine.bindings().get(0).binding().waitingConnections() == 1);

                add(2, TO);

                assertEquals(2, ask(peer));
                assertEquals(1, ask(waiting));
                assertEquals(List.of(TO), hosts());
            }
        }
    }

    @Test
    void theyGoOnAlsoWhenTheNewOneIsBoundLater() throws IOException {
        add(1, FROM, 0);
        int port = engine.bindings().get(0).port();
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertEquals(1, ask(peer));
            whiteboard.remove(1);
            ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getByName(TO));
            add(2, TO, stranger.getLocalPort());
            assertEquals(List.of(FROM, TO), hosts());

            stranger.close();

            assertEquals(2, ask(peer));
            await().until(() -> hosts().equals(List.of(TO)));
        }
    }

    @Test
    void theyGoOnAlsoWhenAnotherPortIsAskedForMeanwhile() throws IOException {
        add(1, FROM, 0);
        int port = engine.bindings().get(0).port();
        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port);
                ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getByName(TO))) {
            assertEquals(1, ask(peer));
            whiteboard.remove(1);
            FakeOffer offer = add(2, TO, stranger.getLocalPort());

            offer.modify(properties(TO, 0));
            whiteboard.update(2);

            assertEquals(2, ask(peer));
            assertEquals(List.of(TO), hosts());
        }
    }

    @Test
    void connectionsOfAnotherEndpointStayWhereTheyAre() throws IOException {
        add(1, FROM);
        try (Socket peer = new Socket(
                InetAddress.getLoopbackAddress(), engine.bindings().get(0).port())) {
            assertEquals(1, ask(peer));

            whiteboard.remove(1);
            whiteboard.add(new FakeOffer(
                    2, Map.of("component.name", "other", "reactor.port", 0, "reactor.host", TO), () -> at -> null));

            assertEquals(
                    1,
                    engine.bindings().stream()
                            .filter(view -> view.state() == State.HELD)
                            .mapToLong(view -> view.binding().openConnections())
                            .sum());
        }
    }

    private void add(long serviceId, String host) {
        add(serviceId, host, 0);
    }

    private FakeOffer add(long serviceId, String host, int port) {
        FakeOffer offer = new FakeOffer(serviceId, properties(host, port), () -> peer -> new Counting());
        whiteboard.add(offer);
        return offer;
    }

    private static Map<String, Object> properties(String host, int port) {
        return Map.of("component.name", "acme", "reactor.port", port, "reactor.host", host);
    }

    private List<String> hosts() {
        return engine.bindings().stream().map(BindingView::host).sorted().toList();
    }

    private static int ask(Socket peer) throws IOException {
        peer.setSoTimeout(5_000);
        peer.getOutputStream().write('x');
        return peer.getInputStream().read();
    }
}
