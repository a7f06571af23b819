package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Hold;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;

/** A peer that speaks while its connection ends sees FIN, not RST; and it cannot hold the connection for ever. */
@Timeout(60)
class GracefulEndTest {
    private static final EndpointSettings NO_HOLD =
            EndpointSettings.DEFAULTS.withHold(Hold.DEFAULTS.withTimeoutMillis(0));
    private static final EndpointSettings SHORT_HOLD =
            EndpointSettings.DEFAULTS.withHold(Hold.DEFAULTS.withTimeoutMillis(500));
    private static final EndpointSettings ONE_CONNECTION =
            EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withConnectionsMax(1));

    @RegisterExtension
    final SteppedFixture stepped = new SteppedFixture(1);

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void peerThatSpeaksAsItsProtocolClosesSeesFin() throws Exception {
        SteppedFixture.Peer peer = connected(bind(EndpointSettings.DEFAULTS));
        speakWhenLost(peer);

        factory.all().get(0).closeConnection();

        stepped.settle();
        peer.awaitFin();
        assertEquals(Kind.CLOSED_BY_PROTOCOL, lost().kind());
    }

    @OverEveryWire
    void peerThatSpeaksAfterItsProtocolWasToldSeesFin() throws Exception {
        SteppedFixture.Peer peer = connected(bind(EndpointSettings.DEFAULTS));
        factory.all().get(0).closeConnection();
        stepped.step();
        assertTrue(factory.all().get(0).isLost());

        peer.send("late");

        stepped.settle();
        peer.awaitFin();
    }

    @OverEveryWire
    void peerThatSpeaksAsItsFactoryGoesSeesFin() throws Exception {
        FactoryBinding binding = bind(NO_HOLD);
        SteppedFixture.Peer peer = connected(binding);
        speakWhenLost(peer);

        stepped.closeForSuccessor(binding);

        stepped.settle();
        peer.awaitFin();
        assertEquals(Kind.SERVICE_GONE, lost().kind());
    }

    @OverEveryWire
    void peerThatSpeaksAsItsIdleTimePassesSeesFin() throws Exception {
        SteppedFixture.Peer peer =
                connected(bind(EndpointSettings.DEFAULTS.withLimits(Limits.DEFAULTS.withIdleTimeoutMillis(1_000))));
        speakWhenLost(peer);

        stepped.pass(1_000);

        peer.awaitFin();
        assertEquals(Kind.IDLE_TIMEOUT, lost().kind());
    }

    @OverEveryWire
    void peerWhoseProtocolHasPausedReadingAtTheDeadlineOfADrainSeesFin() throws Exception {
        factory.made(protocol -> protocol.transport().pauseReading());
        FactoryBinding binding = bind(NO_HOLD.withLimits(Limits.DEFAULTS.withDrainTimeoutMillis(500)));
        SteppedFixture.Peer peer = connected(binding).send("never read");
        stepped.closeForSuccessor(binding);

        stepped.pass(500);

        peer.awaitFin();
        assertEquals(Kind.SERVICE_GONE, lost().kind());
    }

    @OverEveryWire
    void peerThatIsOneTooManySeesFin() throws Exception {
        FactoryBinding binding = bind(ONE_CONNECTION);
        connected(binding);

        SteppedFixture.Peer second = stepped.connect(binding).send("early");

        stepped.settle();
        second.awaitFin();
        assertEquals(1, binding.refusedConnections());
    }

    @OverEveryWire
    void peerThatGetsNoProtocolSeesFin() throws Exception {
        FactoryBinding binding = stepped.bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, peer -> null);
        SteppedFixture.Peer early = stepped.connect(binding).send("early");
        SteppedFixture.Peer late = stepped.connect(binding);
        stepped.until("both are refused", () -> binding.refusedConnections() == 2);

        late.send("late");

        stepped.settle();
        early.awaitFin();
        late.awaitFin();
    }

    @OverEveryWire
    void peerThatIsSuspendedWhenNobodyComesSeesFin() throws Exception {
        FactoryBinding binding = stepped.bind(SHORT_HOLD, Rank.NO_SERVICE, new CounterFixture("a"));
        SteppedFixture.Peer peer = stepped.connect(binding);
        stepped.settle();
        stepped.closeForSuccessor(binding);
        stepped.settle();

        peer.send("for the next one");
        stepped.settle();
        stepped.pass(500);

        peer.awaitFin();
    }

    @OverEveryWire
    void peerThatWaitsForAFactoryWhenNobodyComesSeesFin() throws Exception {
        FactoryBinding binding = bind(SHORT_HOLD);
        int port = stepped.port(binding);
        stepped.closeForSuccessor(binding);
        stepped.settle();

        SteppedFixture.Peer peer = stepped.connect(port).send("for the next one");
        stepped.settle();
        stepped.pass(500);

        peer.awaitFin();
    }

    @OverEveryWire
    void peerInTheBacklogOfAListenerThatIsClosedSeesFin() throws Exception {
        FactoryBinding binding = bind(NO_HOLD);
        stepped.engine().control().suspendAccepting(binding.settings().address().host(), stepped.port(binding), true);
        stepped.settle();
        SteppedFixture.Peer peer = stepped.connect(binding).send("waits");

        stepped.closeForSuccessor(binding);

        stepped.settle();
        peer.awaitFin();
    }

    @OverEveryWire
    void factoryThatGoesDoesNotWaitForPeers() throws Exception {
        FactoryBinding binding = bind(NO_HOLD);
        SteppedFixture.Peer peer = connected(binding);

        stepped.closeForSuccessor(binding);
        stepped.settle();

        assertEquals(List.of(), stepped.engine().bindings());
        assertEquals(0, binding.openConnections());
        assertFalse(binding.hasFactory());
        peer.awaitFin();
    }

    @OverEveryWire
    void slotIsGivenBackWhenThePeerHasEndedToo() throws Exception {
        SteppedFixture.Peer peer = connected(bind(EndpointSettings.DEFAULTS));
        factory.all().get(0).closeConnection();
        stepped.settle();
        assertEquals(1, stepped.engine().view().poolUsed());

        peer.close();

        stepped.settle();
        assertEquals(0, stepped.engine().view().poolUsed());
        assertEquals(1, factory.all().get(0).timesLost());
    }

    @OverEveryWire
    void slotIsGivenBackAfterASecondWhenThePeerDoesNotEnd() throws Exception {
        connected(bind(EndpointSettings.DEFAULTS));
        factory.all().get(0).closeConnection();
        stepped.settle();

        stepped.pass(RefusedPeers.LINGER_MILLIS - 1);
        assertEquals(1, stepped.engine().view().poolUsed());

        stepped.pass(1);
        assertEquals(0, stepped.engine().view().poolUsed());
    }

    @OverEveryWire
    void connectionThatLingersCountsNoMore() throws Exception {
        FactoryBinding binding = bind(ONE_CONNECTION);
        connected(binding);
        factory.all().get(0).closeConnection();
        stepped.settle();

        connected(binding);

        assertEquals(2, factory.all().size());
        assertEquals(0, binding.refusedConnections());
    }

    @OverEveryWire
    void floodOfPeersThatAreTooManyHoldsNoMoreThanItMay() throws Exception {
        FactoryBinding binding = bind(ONE_CONNECTION);
        connected(binding);

        expectOneResetInAFlood(binding);

        stepped.pass(RefusedPeers.LINGER_MILLIS);
        stepped.connect(binding).awaitFin();
    }

    @OverEveryWire
    void floodOfPeersThatGetNoProtocolHoldsNoMoreThanItMay() throws Exception {
        ProtocolFactory refusing = peer -> null;
        FactoryBinding binding = stepped.bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, refusing);

        expectOneResetInAFlood(binding);

        stepped.pass(RefusedPeers.LINGER_MILLIS);
        assertEquals(0, stepped.engine().view().poolUsed());
        stepped.connect(binding).awaitFin();
    }

    private void expectOneResetInAFlood(FactoryBinding binding) throws IOException {
        List<SteppedFixture.Peer> flood = new ArrayList<>();
        for (int i = 0; i <= RefusedPeers.MAX_LINGERING; i++) {
            flood.add(stepped.connect(binding));
            int count = i + 1;
            stepped.until("a refusal", () -> binding.refusedConnections() == count);
        }
        stepped.settle();

        assertTrue(flood.stream().allMatch(SteppedFixture.Peer::isEnded));
        assertEquals(1, flood.stream().filter(SteppedFixture.Peer::wasReset).count());
        assertEquals(1, stepped.engine().view().refusedByReset());
    }

    private FactoryBinding bind(EndpointSettings settings) {
        return stepped.bind(settings, Rank.NO_SERVICE, factory);
    }

    /** A peer that is served. */
    private SteppedFixture.Peer connected(FactoryBinding binding) throws IOException {
        int before = factory.all().size();
        SteppedFixture.Peer peer = stepped.connect(binding);
        stepped.until("a protocol", () -> factory.all().size() > before);
        stepped.settle();
        return peer;
    }

    /** The peer has something under way when the end of its connection is told. */
    private void speakWhenLost(SteppedFixture.Peer peer) {
        factory.lost(protocol -> peer.send("under way"));
    }

    private CloseReason lost() throws Exception {
        assertTrue(factory.all().get(0).isLost());
        return factory.all().get(0).awaitLost();
    }
}
