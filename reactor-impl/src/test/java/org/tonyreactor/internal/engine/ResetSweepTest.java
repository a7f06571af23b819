package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.CloseReason.Kind;

/** The reset of a connection that waits for nothing is found without a write. */
@Timeout(60)
class ResetSweepTest {
    private static final int MINUTE_MILLIS = 60_000;
    private static final int SWEEP_MILLIS = 20_000;
    private static final int WIRES_PER_TURN = 256;
    /** More than one turn looks at. */
    private static final int MANY = 600;

    private static final EndpointSettings ENDLESS =
            EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withInputEndedTimeoutMillis(0));

    @RegisterExtension
    final SteppedFixture stepped = new SteppedFixture(1);

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void findsTheResetOfAPausedConnectionWithinAMinute() throws Exception {
        factory.made(protocol -> protocol.transport().pauseReading());
        SteppedFixture.Peer peer = connected().send("unread");
        stepped.settle();
        peer.reset();
        stepped.settle();
        assertFalse(protocol().isLost());

        stepped.pass(MINUTE_MILLIS);

        assertEquals(Kind.RESET, protocol().awaitLost().kind());
        assertEquals(0, stepped.engine().view().poolUsed());
    }

    @OverEveryWire
    void findsTheResetOfAHalfClosedConnectionWithinAMinute() throws Exception {
        factory.inputEnded(protocol -> {});
        SteppedFixture.Peer peer = connected().finish();
        stepped.until("the end of input", () -> protocol().events().contains("inputEnded"));
        peer.reset();
        stepped.settle();
        assertFalse(protocol().isLost());

        stepped.pass(MINUTE_MILLIS);

        assertEquals(Kind.RESET, protocol().awaitLost().kind());
    }

    @OverEveryWire
    void leavesConnectionsAloneWhosePeersAreThere() throws Exception {
        factory.made(protocol -> protocol.transport().pauseReading());
        SteppedFixture.Peer silent = connected();
        SteppedFixture.Peer heard = connected().send("unread");
        SteppedFixture.Peer finished = connected().send("unread").finish();

        stepped.pass(MINUTE_MILLIS);
        stepped.pass(MINUTE_MILLIS);

        assertTrue(factory.all().stream().noneMatch(ProtocolFixture.Recorded::isLost));
        assertTrue(silent.isOpen() && heard.isOpen() && finished.isOpen());
    }

    @OverEveryWire
    void leavesAConnectionAloneThatIsShutOnBothSidesAndUnread() throws Exception {
        factory.made(protocol -> {
            protocol.transport().pauseReading();
            protocol.transport().shutdownOutput();
        });
        connected().send("unread").finish();
        stepped.settle();

        stepped.pass(MINUTE_MILLIS);
        assertFalse(protocol().isLost());
        protocol().transport().resumeReading();
        stepped.settle();

        assertEquals("unread", protocol().received());
        assertEquals(Kind.CLOSED_BY_PEER, protocol().awaitLost().kind());
    }

    @OverEveryWire
    void findsManyWithinAMinute() throws Exception {
        factory.made(protocol -> protocol.transport().pauseReading());
        List<SteppedFixture.Peer> peers = new ArrayList<>();
        FactoryBinding binding = bind();
        for (int i = 0; i < MANY; i++) {
            peers.add(stepped.connect(binding));
            stepped.steps(2);
        }
        stepped.until("all protocols", () -> factory.all().size() == MANY);
        for (SteppedFixture.Peer peer : peers) {
            peer.reset();
        }

        stepped.pass(MINUTE_MILLIS);

        assertTrue(factory.all().stream().allMatch(ProtocolFixture.Recorded::isLost));
    }

    @Test
    void looksAtABoundedNumberInOneTurn() throws Exception {
        factory.made(protocol -> protocol.transport().pauseReading());
        FactoryBinding binding = bind();
        for (int i = 0; i < MANY; i++) {
            stepped.connect(binding);
            stepped.steps(2);
        }
        stepped.until("all protocols", () -> factory.all().size() == MANY);
        stepped.settle();

        stepped.clock.advanceMillis(SWEEP_MILLIS);
        int[] turnsWithMoreToDo = {0};
        Bounded.until("the end of the sweep", () -> stepped.step() == 0, () -> turnsWithMoreToDo[0]++);

        assertEquals((MANY - 1) / WIRES_PER_TURN, turnsWithMoreToDo[0]);
    }

    private FactoryBinding bind() {
        return stepped.bind(ENDLESS, Rank.NO_SERVICE, factory);
    }

    private SteppedFixture.Peer connected() throws IOException {
        int before = factory.all().size();
        SteppedFixture.Peer peer = stepped.connect(bind());
        stepped.until("a protocol", () -> factory.all().size() > before);
        stepped.settle();
        return peer;
    }

    private ProtocolFixture.Recorded protocol() {
        return factory.all().get(0);
    }
}
