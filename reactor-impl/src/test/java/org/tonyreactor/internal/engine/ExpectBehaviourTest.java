package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.CloseReason.Kind;

/** A protocol that says how many bytes it waits for. */
@Timeout(60)
class ExpectBehaviourTest {
    private static final int PIECE_BYTES = 1_000;
    private static final int PIECES = 1_000;
    private static final int FRAME_BYTES = PIECES * PIECE_BYTES;

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @OverEveryWire
    void frameThatComesInPiecesIsPresentedAboutOnce() throws Exception {
        AtomicLong presented = new AtomicLong();
        factory.data((protocol, data) -> {
            presented.addAndGet(data.remaining());
            if (data.remaining() < FRAME_BYTES) {
                protocol.transport().expect(FRAME_BYTES);
            } else {
                data.position(data.position() + FRAME_BYTES);
                protocol.write("whole");
            }
        });
        ClientFixture client = fixture.connect(fixture.serve(factory));

        for (int i = 0; i < PIECES; i++) {
            client.send(new byte[PIECE_BYTES]);
        }

        assertEquals("whole", client.readText(5));
        long most = (long) FRAME_BYTES + fixture.engine().settings().readBufferBytes();
        assertTrue(presented.get() <= most, presented + " bytes presented of " + FRAME_BYTES);
    }

    @OverEveryWire
    void bytesThatAreThereAlreadyArePresentedAtTheEndOfTheTurn() throws Exception {
        factory.data((protocol, data) -> {
            if (data.remaining() == 6) {
                told.add(text(data.duplicate()));
                if (told.size() == 1) {
                    protocol.transport().expect(6);
                } else {
                    data.position(data.limit());
                    protocol.write("ok");
                }
            }
        });

        ClientFixture client = fixture.connect(fixture.serve(factory)).send("abcdef");

        assertEquals("ok", client.readText(2));
        assertEquals(List.of("abcdef", "abcdef"), told);
    }

    @OverEveryWire
    void holdsForTheNextCallOnly() throws Exception {
        factory.made(protocol -> protocol.transport().expect(2)).data((protocol, data) -> {
            told.add(text(data));
            protocol.write("ok");
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("a");
        pass(factory.next());

        assertEquals("ok", client.send("b").readText(2));
        assertEquals("ok", client.send("c").readText(2));
        assertEquals(List.of("ab", "c"), told);
    }

    @OverEveryWire
    void moreThanTheBoundOfInputClosesAtOnce() throws Exception {
        factory.data((protocol, data) -> protocol.transport().expect(1_001));
        ClientFixture client = fixture.connect(
                fixture.serve(EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withInputMaxBytes(1_000)), factory));

        client.send("x");

        assertEquals(Kind.INPUT_OVERFLOW, factory.next().awaitLost().kind());
    }

    @OverEveryWire
    void finOfThePeerForgetsItAndPresentsWhatHasCome() throws Exception {
        factory.made(protocol -> protocol.transport().expect(1_000))
                .data((protocol, data) -> told.add(text(data.duplicate())))
                .inputEndedWith((protocol, rest) -> {
                    told.add("rest " + text(rest));
                    protocol.closeConnection();
                });

        fixture.connect(fixture.serve(factory)).send("abc").finish();

        factory.next().awaitLost();
        assertEquals(List.of("abc", "rest abc"), told);
    }

    @OverEveryWire
    void nextVersionIsPresentedWhatTheLastOneWaitedFor() throws Exception {
        CounterFixture first = new CounterFixture("a");
        CounterFixture second = new CounterFixture("b");
        first.made(protocol -> protocol.transport().expect(1_000));
        FactoryBinding old = fixture.engine().bind(EndpointSettings.port(0), Rank.NO_SERVICE, first);
        ClientFixture client = fixture.connect(old).send("x.");
        eventually(() -> fixture.engine().control().connections().stream().anyMatch(each -> each.unreadBytes() == 2));

        fixture.engine().closeForSuccessor(List.of(old));
        fixture.engine().bind(EndpointSettings.port(0), Rank.NO_SERVICE, second);

        assertEquals("b1x", client.readText(3));
    }

    @OverEveryWire
    void anotherThreadMaySayIt() throws Exception {
        factory.data((protocol, data) -> {
            told.add(text(data));
            protocol.write("ok");
        });
        ClientFixture client = fixture.connect(fixture.serve(factory));
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");

        protocol.transport().expect(9);
        protocol.transport().expect(3);
        pass(protocol);
        client.send("ab");
        pass(protocol);
        client.send("c");

        assertEquals("ok", client.readText(2));
        assertEquals(List.of("abc"), told);
        assertThrows(IllegalArgumentException.class, () -> protocol.transport().expect(-1));
    }

    @OverEveryWire
    void roomGrowsWithWhatHasComeAndNotWithWhatIsExpected() throws Exception {
        factory.made(protocol -> {
            for (int bytes : Collections.nCopies(1_000, EndpointSettings.MAX_INPUT_BYTES)) {
                protocol.transport().expect(bytes); // A thousand times the heap, if it were allocated.
            }
        });
        EndpointSettings settings = EndpointSettings.DEFAULTS.withLimits(
                Limits.DEFAULTS.withInputMaxBytes(EndpointSettings.MAX_INPUT_BYTES));

        fixture.connect(fixture.serve(settings, factory)).send("abc").finish();

        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitLost();
        assertEquals("abc", protocol.received());
    }

    /** What has been asked and sent until now has been looked at. */
    private static void pass(ProtocolFixture.Recorded protocol) throws Exception {
        CompletableFuture<Void> ran = new CompletableFuture<>();
        assertTrue(protocol.transport().execute(() -> ran.complete(null)));
        EngineFixture.get(ran);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.US_ASCII.decode(bytes).toString();
    }
}
