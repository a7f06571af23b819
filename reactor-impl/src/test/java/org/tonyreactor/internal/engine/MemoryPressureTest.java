package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tonyreactor.internal.engine.binding.EngineSettings.Memory;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.Wires;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Output;
import org.tonyreactor.transport.CloseReason.Kind;

/** What comes of memory that is short for a while, with a clock moved by hand. */
@Timeout(60)
class MemoryPressureTest {
    private static final int MEBI = 1 << 20;

    private final ProtocolFixture factory = new ProtocolFixture();
    private final List<ClientFixture> clients = new ArrayList<>();
    private Wires.Sides sides;
    private Stepper stepper;
    private Engine engine;

    @BeforeEach
    void start() throws Exception {
        sides = Wires.MEMORY.open();
        stepper = new Stepper(sides.peers());
        Stepper.begin(stepper);
        engine = stepper.start(EngineFixture.ONE_WORKER.withMemory(new Memory(16 * MEBI, 50)), sides.ours());
        engine.bind(
                EndpointSettings.DEFAULTS.withOutput(
                        Output.DEFAULTS.withMaxBytes(1L << 30).withPauseReading(false)),
                Rank.NO_SERVICE,
                factory);
    }

    @AfterEach
    void stop() throws Exception {
        for (ClientFixture client : clients) {
            client.close();
        }
        engine.close();
        Stepper.end();
        sides.peers().close();
    }

    @Test
    void endsTheLargestAfterTenSecondsUntilMemoryIsNoLongerHigh() throws Exception {
        connect(2);
        connect(6);
        connect(1);
        assertTrue(isHigh());

        stepper.pass(9_900);
        assertEquals(0, engine.view().memory().ended());
        stepper.pass(200);

        assertFalse(isHigh());
        assertEquals(List.of(false, true, false), lost(0, 1, 2));
        assertEquals(Kind.MEMORY, factory.all().get(1).awaitLost().kind());
        assertEquals(1, engine.view().memory().ended());
        stepper.pass(60_000);
        assertEquals(1, engine.view().memory().ended());
    }

    @Test
    void endsNobodyWhenMemoryWasHighForAShortTimeOnly() throws Exception {
        connect(8);
        connect(1);
        stepper.pass(9_000);
        clients.get(0).read(8 * MEBI / 2);
        assertFalse(isHigh());
        stepper.pass(9_000);
        connect(4);
        assertTrue(isHigh());

        stepper.pass(9_000);

        assertEquals(0, engine.view().memory().ended());
    }

    @Test
    void saysHowManyItHasEndedOnceASecond() throws Exception {
        try (LogFixture log = new LogFixture()) {
            for (int i = 0; i < 40; i++) {
                connect(1);
            }
            stepper.pass(900);

            List<String> warnings = log.text()
                    .lines()
                    .filter(line -> line.contains("memory is short"))
                    .toList();
            assertEquals(1, warnings.size(), warnings::toString);
            assertTrue(engine.view().memory().ended() > 1);
        }
    }

    /** Connects a peer that reads nothing and is owed so many MiB. */
    private void connect(int mebi) throws Exception {
        factory.made(protocol -> protocol.write(new byte[mebi * MEBI]));
        clients.add(ClientFixture.connect(engine.bindings().get(0).port(), stepper));
        factory.next().awaitEvent("made");
    }

    private List<Boolean> lost(int... indexes) {
        List<Boolean> all = new ArrayList<>();
        for (int index : indexes) {
            all.add(factory.all().get(index).isLost());
        }
        return all;
    }

    private boolean isHigh() {
        return engine.view().memory().usedBytes() > engine.view().memory().highBytes();
    }
}
