package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.ByteStream;
import org.tonyreactor.internal.engine.connection.Worker;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;

/** In which order connections are handed over: who talks is away for the shortest time. */
class HandOverOrderTest {
    @RegisterExtension
    final SteppedFixture stepped = new SteppedFixture(1);

    /** Connections by the number of their lines. */
    private final List<Integer> order = new ArrayList<>();

    private final CounterFixture first = new CounterFixture("a").suspended(each -> order.add(each.lines()));
    private final CounterFixture second = new CounterFixture("b").resumed(each -> order.add(each.lines()));
    private FactoryBinding binding;
    private SteppedFixture.Peer early;
    private SteppedFixture.Peer late;

    @BeforeEach
    void talk() throws IOException {
        binding = stepped.bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, first);
        early = stepped.connect(binding);
        late = stepped.connect(binding);
        assertEquals("a1x", early.send("x.").receive(3));
        assertEquals("a1xa2x", late.send("x.x.").receive(6));
        stepped.pass(ByteStream.ACTIVE_MILLIS);
    }

    @OverEveryWire
    void whoTalksIsSuspendedLast() throws IOException {
        assertEquals("a2x", early.send("x.").receive(3));
        assertEquals("a3x", late.send("x.").receive(3));
        stepped.pass(ByteStream.ACTIVE_MILLIS);
        assertEquals("a4x", late.send("x.").receive(3));

        stepped.closeForSuccessor(binding);
        stepped.settle();

        assertEquals(List.of(2, 4), order);
    }

    @OverEveryWire
    void whoTalksIsSuspendedLastWhicheverItIs() throws IOException {
        assertEquals("a2x", early.send("x.").receive(3));
        assertEquals("a3x", early.send("x.").receive(3));

        stepped.closeForSuccessor(binding);
        stepped.settle();

        assertEquals(List.of(2, 3), order);
    }

    @OverEveryWire
    void whosePeerWaitsIsResumedFirst() throws IOException {
        suspendAll();
        early.send("y.");
        stepped.settle();

        stepped.bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, second);
        stepped.settle();

        assertEquals(List.of(1, 2), order);
        assertEquals("b2y", early.receive(3));
    }

    @OverEveryWire
    void whosePeerWaitsIsResumedFirstWhicheverItIs() throws IOException {
        suspendAll();
        late.send("y.");
        stepped.settle();

        stepped.bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, second);
        stepped.settle();

        assertEquals(List.of(2, 1), order);
        assertEquals("b3y", late.receive(3));
    }

    @OverEveryWire
    void whosePeerSpeaksMeanwhileDoesNotWaitForItsTurn() throws IOException {
        int others = 8 * Worker.DEFERRED_PER_TURN;
        for (int i = 0; i < others; i++) {
            stepped.connect(binding); // Taken before the two that were there first.
        }
        stepped.settle();
        stepped.closeForSuccessor(binding);
        stepped.until("all suspended", () -> order.size() == others + 2);
        order.clear();
        stepped.bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, second);

        early.send("y.");
        assertEquals("b2y", early.receive(3));

        assertTrue(order.size() < others, () -> order.size() + " were resumed before");
    }

    private void suspendAll() throws IOException {
        stepped.closeForSuccessor(binding);
        stepped.settle();
        assertEquals(2, order.size());
        order.clear();
    }
}
