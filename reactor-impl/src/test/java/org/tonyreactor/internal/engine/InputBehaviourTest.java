package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.CloseReason.Kind;

/** Reading: leftovers, limits, pausing, and the peer's end of input. */
@Timeout(60)
class InputBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    /** Takes frames of five bytes and leaves the rest unread. */
    private static void takeFrames(ProtocolFixture.Recorded protocol, ByteBuffer data) {
        while (data.remaining() >= 5) {
            ByteBuffer frame = data.slice(data.position(), 5);
            data.position(data.position() + 5);
            protocol.take(frame);
            protocol.write("ok");
        }
    }

    @OverEveryWire
    void unreadBytesArePresentedAgainInFrontOfTheNext() throws Exception {
        factory.data(InputBehaviourTest::takeFrames);
        ClientFixture client = fixture.connect(fixture.serve(factory));

        client.send("12345abc").readText(2);
        client.send("deABCDE!").readText(4);

        assertEquals("12345abcdeABCDE", factory.next().received());
    }

    @OverEveryWire
    void frameThatComesByteByByteIsPutTogether() throws Exception {
        factory.data(InputBehaviourTest::takeFrames);
        ClientFixture client = fixture.connect(fixture.serve(factory));

        for (int i = 0; i < 1_000; i++) {
            client.send("x");
        }

        assertEquals(400, client.read(400).length);
    }

    @OverEveryWire
    void resumeReadingDoesNotCallBackFromInside() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        factory.data((protocol, data) -> {
            if (calls.incrementAndGet() == 1) {
                protocol.transport().pauseReading();
                protocol.transport().execute(() -> resumeAsACallback(protocol));
            } else {
                protocol.take(data);
                protocol.write("!");
            }
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("12345");

        assertEquals("resumed!", client.readText(8));
        ProtocolFixture.Recorded protocol = factory.next();
        eventually(() -> protocol.received().equals("12345"));
    }

    private static void resumeAsACallback(ProtocolFixture.Recorded protocol) {
        try {
            protocol.call("task", resuming -> {
                resuming.transport().resumeReading();
                resuming.write("resumed");
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @OverEveryWire
    void byteOrderOfTheBufferDoesNotLeakToTheNextProtocol() throws Exception {
        List<ByteOrder> seen = new CopyOnWriteArrayList<>();
        factory.data((protocol, data) -> {
            seen.add(data.order());
            data.order(ByteOrder.LITTLE_ENDIAN);
            if (data.remaining() >= 2) {
                protocol.take(data);
            }
            protocol.write("x");
        });
        FactoryBinding binding = fixture.serve(factory);
        ClientFixture one = fixture.connect(binding);
        ClientFixture other = fixture.connect(binding);

        one.send("1").read(1);
        other.send("12").read(1);
        one.send("2").read(1);
        one.send("12").read(1);

        assertTrue(seen.size() >= 4, seen::toString);
        assertEquals(Collections.nCopies(seen.size(), ByteOrder.BIG_ENDIAN), seen);
    }

    @OverEveryWire
    void frameOfJustTheLargestSizeIsReceived() throws Exception {
        int max = 100_000;
        factory.data((protocol, data) -> {
            if (data.remaining() == max) {
                protocol.write("whole");
                protocol.take(data);
            }
        });
        ClientFixture client = fixture.connect(
                fixture.serve(EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withInputMaxBytes(max)), factory));

        client.send(new byte[max - 1]).send("!");

        assertEquals("whole", client.readText(5));
    }

    @OverEveryWire
    void leavingAsMuchAsIsAllowedUnreadKeepsTheConnectionAndOneByteMoreLosesIt() throws Exception {
        int max = 100_000;
        factory.data((protocol, data) -> {
            if (data.remaining() == max) {
                protocol.write("full");
            }
        });
        ClientFixture client = fixture.connect(
                fixture.serve(EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withInputMaxBytes(max)), factory));
        client.send(new byte[max]);
        assertEquals("full", client.readText(4));
        assertFalse(factory.all().get(0).isLost());

        client.send("!");

        assertEquals(Kind.INPUT_OVERFLOW, factory.next().awaitLost().kind());
        client.expectEnd();
    }

    @OverEveryWire
    void changedReadBufferServesOpenConnections() throws Exception {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        factory.data((protocol, data) -> {
            sizes.add(data.remaining());
            protocol.take(data);
            if (protocol.received().endsWith(".")) {
                protocol.write("x");
            }
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send(".");
        client.read(1);

        fixture.engine().update(new EngineSettings(1, 64, 0, 512, 256, 0, 2_000));
        client.send(".").read(1);
        client.send(".".repeat(5_000));
        eventually(() -> factory.all().get(0).received().length() == 5_002);

        assertTrue(sizes.stream().allMatch(size -> size <= 512), sizes::toString);
    }
}
