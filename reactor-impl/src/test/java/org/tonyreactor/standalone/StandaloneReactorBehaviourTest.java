package org.tonyreactor.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.ConnectSettings;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.ListeningPort;

/** The reactor as a plain main uses it. */
@Timeout(60)
class StandaloneReactorBehaviourTest {
    private static final int PATIENCE_MILLIS = 20_000;

    /** All that a server needs. */
    static final class Echo extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {
            write(data);
        }
    }

    @Test
    void plainMainServesAnEcho() throws Exception {
        try (StandaloneReactor reactor = StandaloneReactor.start();
                ListeningPort echo = reactor.listen(EndpointSettings.port(0), peer -> new Echo())) {

            assertArrayEquals("hello".getBytes(StandardCharsets.UTF_8), say("hello", echo.localAddress()));
        }
    }

    @Test
    void closeEndsEverythingAndASecondOneIsANoOp() throws Exception {
        StandaloneReactor reactor = StandaloneReactor.start(2);
        ListeningPort echo = reactor.listen(EndpointSettings.port(0), peer -> new Echo());

        reactor.close();
        reactor.close();

        assertFalse(echo.isOpen());
        assertThrows(IOException.class, () -> say("hello", echo.localAddress()));
        assertThrows(IllegalStateException.class, () -> reactor.callLater(Duration.ZERO, () -> {}));
    }

    @Test
    void closedListeningLeavesTheReactorRunning() throws Exception {
        try (StandaloneReactor reactor = StandaloneReactor.start(1)) {
            ListeningPort first = reactor.listen(EndpointSettings.port(0), peer -> new Echo());
            first.close();

            ListeningPort second = reactor.listen(EndpointSettings.port(0), peer -> new Echo());

            assertThrows(IOException.class, () -> say("hello", first.localAddress()));
            assertEquals(5, say("hello", second.localAddress()).length);
        }
    }

    @Test
    void timersRunAndClientsConnect() throws Exception {
        CountDownLatch done = new CountDownLatch(2);
        try (StandaloneReactor reactor = StandaloneReactor.start(1)) {
            ListeningPort echo = reactor.listen(EndpointSettings.port(0), peer -> new Echo());

            reactor.callLater(Duration.ofMillis(1), done::countDown);
            reactor.connect(echo.localAddress(), ConnectSettings.DEFAULTS, peer -> new Protocol() {
                @Override
                public void connectionMade() {
                    write("hello");
                }

                @Override
                public void dataReceived(ByteBuffer data) {
                    done.countDown();
                    data.position(data.limit());
                }
            });

            assertTrue(done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    private static byte[] say(String text, SocketAddress to) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(to, PATIENCE_MILLIS);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes();
        }
    }
}
