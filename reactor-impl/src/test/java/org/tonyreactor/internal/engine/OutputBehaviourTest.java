package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Output;
import org.tonyreactor.transport.CloseReason.Kind;

/** Pending output: sent before the end, in order, bounded, with water marks. */
@Timeout(60)
class OutputBehaviourTest {
    private static final int SEED = 4711;
    private static final int MEBI = 1 << 20;

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void closeSends64MebibytesOfPendingOutputToASlowReader() throws Exception {
        byte[] sent = randomBytes(fixture.fitting(64 * MEBI));
        factory.made(protocol -> {
            protocol.write(sent);
            protocol.closeConnection();
            assertTrue(protocol.transport().pendingBytes() > fixture.fitting(32 * MEBI));
        });
        ClientFixture client = fixture.connect(fixture.serve(factory));
        factory.next().awaitEvent("made");

        int read = client.readToEndComparing(sent);

        assertEquals(sent.length, read, "seed " + SEED);
        assertEquals(Kind.CLOSED_BY_PROTOCOL, factory.all().get(0).awaitLost().kind());
    }

    @OverEveryWire
    void directBufferIsSentByteForByte() throws Exception {
        byte[] sent = randomBytes(fixture.fitting(8 * MEBI));
        factory.made(protocol -> {
            ByteBuffer direct = ByteBuffer.allocateDirect(sent.length);
            direct.put(sent).flip();
            protocol.write(direct);
            assertFalse(direct.hasRemaining());
            protocol.closeConnection();
        });

        ClientFixture client = fixture.connect(fixture.serve(factory));

        assertEquals(sent.length, client.readToEndComparing(sent), "seed " + SEED);
    }

    @OverEveryWire
    void closingWhileThePeerIsStillSendingDoesNotDestroyTheReply() throws Exception {
        factory.made(protocol -> protocol.transport().pauseReading()).data((protocol, data) -> {
            protocol.write(new byte[MEBI]); // More than the peer takes before it reads.
            protocol.closeConnection();
        });
        ClientFixture client = fixture.connect(fixture.serve(factory));
        client.send(new byte[fixture.fitting(300_000)]);
        factory.next()
                .transport()
                .execute(() -> factory.all().get(0).transport().resumeReading());

        client.read(1);
        client.send(new byte[fixture.fitting(300_000)]);

        assertEquals(MEBI - 1, client.readToEnd().length);
    }

    @OverEveryWire
    void echoReturnsAMegabyteToAPeerThatHasShutItsOutput() throws Exception {
        byte[] sent = randomBytes(fixture.fitting(MEBI));
        ProtocolFixture echo = ProtocolFixture.echo();
        ClientFixture client = fixture.connect(fixture.serve(echo));
        client.send(sent).finish();

        assertEquals(sent.length, client.readToEndComparing(sent), "seed " + SEED);
        assertEquals(Kind.CLOSED_BY_PEER, echo.next().awaitLost().kind());
    }

    @OverEveryWire
    void pendingOutputIsSentToAPeerThatHasShutItsOutput() throws Exception {
        byte[] sent = randomBytes(fixture.fitting(16 * MEBI));
        factory.data((protocol, data) -> {
            protocol.take(data);
            protocol.write(sent);
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x").finish();

        assertEquals(sent.length, client.readToEndComparing(sent), "seed " + SEED);
        assertEquals(Kind.CLOSED_BY_PEER, factory.next().awaitLost().kind());
    }

    @Test
    void echoToAPeerThatNeverReadsStopsReading() throws Exception {
        int high = 100_000;
        ProtocolFixture echo = ProtocolFixture.echo();
        FactoryBinding binding = fixture.serve(
                EndpointSettings.DEFAULTS.withOutput(
                        Output.DEFAULTS.withHighBytes(high).withLowBytes(high / 2)),
                echo);
        try (SocketChannel client =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port(binding)))) {
            client.configureBlocking(false);
            ByteBuffer flood = ByteBuffer.allocateDirect(1 << 16);
            ProtocolFixture.Recorded protocol = echo.next();

            fillUp(client, flood);

            assertTrue(protocol.transport().pendingBytes() > high);
            assertTrue(protocol.transport().pendingBytes()
                    <= high + fixture.engine().settings().readBufferBytes());
        }
    }

    /** Writes until the peer has taken nothing for a while. */
    private static void fillUp(SocketChannel client, ByteBuffer flood) {
        org.awaitility.Awaitility.await()
                .atMost(EngineFixture.PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .during(Duration.ofMillis(200))
                .until(() -> client.write(flood.clear()) == 0);
    }

    @OverEveryWire
    void readingStopsAboveTheHighWaterMarkAndGoesOnAtTheLowOne() throws Exception {
        int volume = fixture.fitting(16 * MEBI);
        factory.data((protocol, data) -> {
            protocol.take(data);
            if (protocol.received().equals("go")) {
                protocol.write(new byte[volume]);
            }
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("go");
        ProtocolFixture.Recorded protocol = factory.next();
        eventually(() -> protocol.transport().pendingBytes() > MEBI);

        client.send("more");
        runsATask(protocol);
        runsATask(protocol);

        assertEquals("go", protocol.received());
        client.read(volume);
        eventually(() -> protocol.received().equals("gomore"));
    }

    @OverEveryWire
    void outputReadyIsCalledOncePerCrossingOfTheWaterMarks() throws Exception {
        int volume = fixture.fitting(16 * MEBI);
        AtomicInteger calls = new AtomicInteger();
        factory.outputReady(protocol -> {
            calls.incrementAndGet();
            assertTrue(protocol.transport().pendingBytes() <= 64 << 10);
        });
        factory.data((protocol, data) -> {
            protocol.take(data);
            protocol.write(new byte[volume / 2]);
            protocol.write(new byte[volume - volume / 2]);
        });
        ClientFixture client = fixture.connect(fixture.serve(factory));
        factory.next().awaitEvent("made");

        for (int crossing = 1; crossing <= 3; crossing++) {
            client.send("x");
            eventually(() -> factory.all().get(0).transport().pendingBytes() > volume / 4);
            client.read(volume);
            int expected = crossing;
            eventually(() -> calls.get() == expected);
        }

        client.finish().expectEnd();
        assertEquals(3, calls.get());
    }

    @OverEveryWire
    void outputReadyMayWriteUntilTheMarkIsPassedAgain() throws Exception {
        AtomicInteger left = new AtomicInteger(40);
        ProtocolFixture.Callback writesChunks = protocol -> {
            while (left.get() > 0 && protocol.transport().pendingBytes() <= 256 << 10) {
                left.decrementAndGet();
                protocol.write(new byte[MEBI / 2]);
            }
            if (left.get() == 0) {
                protocol.closeConnection();
            }
        };
        factory.made(writesChunks).outputReady(writesChunks);

        ClientFixture client = fixture.connect(fixture.serve(factory));

        assertEquals(20 * MEBI, client.readToEnd().length);
    }

    @OverEveryWire
    void readingGoesOnAboveTheHighWaterMarkWhenPausingIsOff() throws Exception {
        factory.made(protocol -> protocol.write(new byte[16 * MEBI]));
        ClientFixture client = fixture.connect(
                fixture.serve(EndpointSettings.DEFAULTS.withOutput(Output.DEFAULTS.withPauseReading(false)), factory));
        ProtocolFixture.Recorded protocol = factory.next();
        eventually(() -> protocol.transport().pendingBytes() > MEBI);

        client.send("heard");

        eventually(() -> protocol.received().equals("heard"));
        assertTrue(protocol.transport().pendingBytes() > MEBI);
    }

    @OverEveryWire
    void abortDropsPendingOutput() throws Exception {
        factory.data((protocol, data) -> {
            protocol.write(new byte[32 * MEBI]);
            protocol.abortConnection();
        });

        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");

        assertEquals(Kind.ABORTED, factory.next().awaitLost().kind());
        client.expectReset();
        assertEquals(0, factory.all().get(0).transport().pendingBytes());
    }

    private static void runsATask(ProtocolFixture.Recorded protocol) throws Exception {
        CompletableFuture<Void> ran = new CompletableFuture<>();
        assertTrue(protocol.transport().execute(() -> ran.complete(null)));
        EngineFixture.get(ran);
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }
}
