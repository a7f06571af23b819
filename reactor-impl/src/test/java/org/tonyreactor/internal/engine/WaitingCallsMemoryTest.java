package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.loop.Inbox;
import org.tonyreactor.internal.engine.wire.Wires;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.EndpointSettings;

/** Calls of other threads count by what they occupy until the worker has run them. Between two turns the test is another thread. */
@Timeout(60)
class WaitingCallsMemoryTest {
    private static final int CALLS = 10_000;

    private final ProtocolFixture factory = new ProtocolFixture();

    @Test
    void aWriteOfOneByteCountsForWhatItAllocates() throws Exception {
        Wires.Sides sides = Wires.MEMORY.open();
        Stepper stepper = new Stepper(sides.peers());
        Stepper.begin(stepper);
        try (Engine engine = stepper.start(EngineFixture.ONE_WORKER, sides.ours())) {
            engine.bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, factory);
            ClientFixture client =
                    ClientFixture.connect(engine.bindings().get(0).port(), stepper);
            Protocol protocol = factory.next();
            long before = engine.view().memory().usedBytes();

            long allocated = allocatedByWrites(protocol) / CALLS;
            long counted = (engine.view().memory().usedBytes() - before) / CALLS;

            assertEquals(Inbox.CALL_BYTES + 1, counted);
            assertTrue(counted >= allocated - Long.BYTES, counted + " bytes count, " + allocated + " are allocated");
            assertTrue(counted <= 2 * allocated, counted + " bytes count, " + allocated + " are allocated");
            assertEquals(CALLS, client.read(CALLS).length);
            assertEquals(before, engine.view().memory().usedBytes());
            client.close();
        } finally {
            Stepper.end();
            sides.peers().close();
        }
    }

    private static long allocatedByWrites(Protocol protocol) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer one = ByteBuffer.allocate(1);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            protocol.transport().write(one.clear());
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
