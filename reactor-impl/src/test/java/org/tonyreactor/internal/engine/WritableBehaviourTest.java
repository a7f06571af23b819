package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;
import org.tonyreactor.reactor.EndpointSettings.Output;

/** A transport that says whether it is writable: whoever has seen false is told, or the transport ends. */
@Timeout(60)
class WritableBehaviourTest {
    private static final int MEBI = 1 << 20;

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final AtomicInteger calls = new AtomicInteger();
    private final ProtocolFixture factory = new ProtocolFixture().outputReady(protocol -> {
        assertTrue(protocol.transport().isWritable());
        calls.incrementAndGet();
    });

    @OverEveryWire
    void isFalseAboveTheHighMarkAndTrueAgainWithOutputReady() throws Exception {
        int volume = fixture.fitting(16 * MEBI);
        List<Boolean> seen = new CopyOnWriteArrayList<>();
        factory.made(protocol -> {
            seen.add(protocol.transport().isWritable());
            protocol.write(new byte[volume]);
            seen.add(protocol.transport().isWritable());
        });
        ClientFixture client = fixture.connect(fixture.serve(factory));
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made"); // Else the client reads meanwhile, and the kernel may take all of it.
        assertEquals(List.of(true, false), seen);

        client.read(volume);

        eventually(() -> calls.get() == 1);
        assertTrue(protocol.transport().isWritable());
    }

    @OverEveryWire
    void bytesOfAnotherThreadCountBeforeTheyReachTheConnection() throws Exception {
        ClientFixture client = fixture.connect(fixture.serve(marks(1_000, 500), factory));
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        if (Stepper.current() == null) {
            protocol.transport().execute(goOn::join);
        }

        protocol.write(new byte[1_000]);
        assertTrue(protocol.transport().isWritable());
        protocol.write(new byte[1]);
        assertFalse(protocol.transport().isWritable());
        goOn.complete(null);

        client.read(1_001);
        eventually(() -> calls.get() == 1);
        assertTrue(protocol.transport().isWritable());
    }

    @OverEveryWire
    void staysFalseAfterClose() throws Exception {
        int volume = fixture.fitting(16 * MEBI);
        List<Boolean> seen = new CopyOnWriteArrayList<>();
        factory.made(protocol -> {
            protocol.write(new byte[volume]);
            protocol.closeConnection();
        });
        factory.lost(protocol -> seen.add(protocol.transport().isWritable()));
        ClientFixture client = fixture.connect(fixture.serve(factory));

        client.readToEnd();

        factory.next().awaitLost();
        assertEquals(List.of(false), seen);
        assertEquals(0, calls.get());
    }

    @OverEveryWire
    void lowMarkThatIsRaisedTellsAtOnce() throws Exception {
        factory.made(protocol -> protocol.write(new byte[16 * MEBI]));
        FactoryBinding binding = fixture.serve(marks(1_000, 500), factory);
        fixture.connect(binding);
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");
        assertFalse(protocol.transport().isWritable());

        fixture.engine()
                .update(
                        binding,
                        marks(32 * MEBI, 16 * MEBI).withAddress(Address.DEFAULTS.withPort(fixture.port(binding))));

        eventually(() -> calls.get() == 1);
        assertTrue(protocol.transport().isWritable());
    }

    @OverEveryWire
    void highMarkThatIsLoweredIsSeenAtOnceAndToldAfterwards() throws Exception {
        int volume = fixture.fitting(16 * MEBI);
        factory.made(protocol -> protocol.write(new byte[volume]));
        FactoryBinding binding = fixture.serve(marks(32 * MEBI, 0), factory);
        ClientFixture client = fixture.connect(binding);
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");
        assertTrue(protocol.transport().isWritable());

        fixture.engine()
                .update(binding, marks(1_000, 500).withAddress(Address.DEFAULTS.withPort(fixture.port(binding))));

        eventually(() -> !protocol.transport().isWritable());
        client.read(volume);
        eventually(() -> calls.get() == 1);
    }

    /** What comes from one peer goes to another, which is on another worker; marks so low that they are crossed often. */
    @Test
    void proxyBetweenTwoWorkersNeverHangs() throws Exception {
        fixture.start(new EngineSettings(2, 64, 0, 65_536, 256, 0, 2_000));
        byte[] sent = new byte[16 * MEBI];
        new Random(4711).nextBytes(sent);
        CompletableFuture<ProtocolFixture.Recorded> sink = new CompletableFuture<>();
        ProtocolFixture source = new ProtocolFixture().data((from, data) -> forward(from, sink.join(), data));
        ClientFixture sender = fixture.connect(fixture.serve(source));
        ProtocolFixture.Recorded from = source.next();
        ProtocolFixture target =
                new ProtocolFixture().outputReady(to -> from.transport().resumeReading());
        ClientFixture receiver = fixture.connect(fixture.serve(marks(10_000, 5_000), target));
        sink.complete(target.next());

        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            try {
                sender.send(sent);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        assertArrayEquals(sent, receiver.read(sent.length));
        EngineFixture.get(sending);
        assertFalse(from.threads().equals(target.all().get(0).threads()), "on two workers");
    }

    private static void forward(Protocol from, Protocol to, ByteBuffer data) {
        to.write(data);
        if (!to.transport().isWritable()) {
            from.transport().pauseReading();
            if (to.transport().isWritable()) {
                from.transport().resumeReading();
            }
        }
    }

    private static EndpointSettings marks(long highBytes, long lowBytes) {
        return EndpointSettings.DEFAULTS.withOutput(
                Output.DEFAULTS.withHighBytes(highBytes).withLowBytes(lowBytes));
    }
}
