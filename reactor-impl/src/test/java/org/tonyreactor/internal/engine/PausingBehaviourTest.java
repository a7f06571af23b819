package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.transport.CloseReason.Kind;

/** Pausing and resuming reading. */
@Timeout(60)
class PausingBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void unreadBytesArePresentedAgainAfterResumeReading() throws Exception {
        AtomicBoolean accepts = new AtomicBoolean();
        factory.data((protocol, data) -> {
            if (accepts.get()) {
                protocol.take(data);
                protocol.write("ok");
            } else {
                protocol.transport().pauseReading();
                protocol.write("no");
            }
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("first");
        assertEquals("no", client.readText(2));

        accepts.set(true);
        resume(factory.next());

        assertEquals("ok", client.readText(2));
        eventually(() -> factory.all().get(0).received().equals("first"));
    }

    @OverEveryWire
    void pausingInConnectionMadeKeepsDataAway() throws Exception {
        factory.made(protocol -> protocol.transport().pauseReading());
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("kept");
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");
        assertEquals(List.of("made"), protocol.events());

        resume(protocol);

        eventually(() -> protocol.received().equals("kept"));
        client.finish();
    }

    @OverEveryWire
    void finOfThePeerWaitsBehindItsDataWhileReadingIsPaused() throws Exception {
        factory.made(protocol -> protocol.transport().pauseReading());
        fixture.connect(fixture.serve(factory)).send("last words").finish();
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");

        resume(protocol);

        assertEquals(Kind.CLOSED_BY_PEER, protocol.awaitLost().kind());
        assertEquals("last words", protocol.received());
    }

    @OverEveryWire
    void unreadBytesOfAPausedConnectionAreServedBeforeTheFinOfThePeer() throws Exception {
        factory.data((protocol, data) -> {
            if (!protocol.transport().isOpen() || !protocol.received().isEmpty()) {
                protocol.take(data);
            } else if (data.remaining() == 5) {
                protocol.transport().pauseReading();
                protocol.write("paused");
                protocol.take(data.slice(data.position(), 1));
            }
        });
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("12345");
        client.readText(6);
        client.finish();

        resume(factory.next());

        factory.all().get(0).awaitLost();
        assertEquals("112345", factory.all().get(0).received());
    }

    @OverEveryWire
    void rstOfThePeerIsSeenWhenAPausedConnectionReadsAgain() throws Exception {
        factory.made(protocol -> protocol.transport().pauseReading());
        ClientFixture client = fixture.connect(fixture.serve(factory)).send("lost");
        ProtocolFixture.Recorded protocol = factory.next();
        protocol.awaitEvent("made");
        client.reset();

        resume(protocol);

        assertEquals(Kind.RESET, protocol.awaitLost().kind());
    }

    private static void resume(ProtocolFixture.Recorded protocol) {
        assertTrue(protocol.transport().execute(() -> protocol.transport().resumeReading()));
    }
}
