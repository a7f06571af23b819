package org.tonyreactor.internal.engine.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Reusable;

class ProtocolPoolTest {
    private final ProtocolPool pool = new ProtocolPool();

    @Test
    void resetsAProtocolBeforeItServesAgain() {
        ReusableProtocol protocol = new ReusableProtocol(false);
        pool.put(protocol);
        assertEquals(0, protocol.resets);

        assertSame(protocol, pool.take());

        assertEquals(1, protocol.resets);
        assertNull(pool.take());
    }

    @Test
    void keepsNoProtocolThatIsNotReusable() {
        pool.put(new PlainProtocol());

        assertEquals(0, pool.size());
        assertNull(pool.take());
    }

    @Test
    void dropsAProtocolWhoseResetThrows() {
        ReusableProtocol good = new ReusableProtocol(false);
        pool.put(good);
        pool.put(new ReusableProtocol(true));

        assertSame(good, pool.take());
        assertEquals(0, pool.size());
    }

    @Test
    void keepsNoMoreThanItsCapacity() {
        for (int i = 0; i < ProtocolPool.CAPACITY + 10; i++) {
            pool.put(new ReusableProtocol(false));
        }

        assertEquals(ProtocolPool.CAPACITY, pool.size());
    }

    @Test
    void keepsNothingOnceItIsClosed() {
        pool.put(new ReusableProtocol(false));

        pool.close();
        pool.put(new ReusableProtocol(false));

        assertEquals(0, pool.size());
        assertNull(pool.take());
    }

    private static class PlainProtocol extends Protocol {
        @Override
        public void dataReceived(ByteBuffer data) {}
    }

    private static final class ReusableProtocol extends PlainProtocol implements Reusable {
        private final boolean fails;
        private int resets;

        ReusableProtocol(boolean fails) {
            this.fails = fails;
        }

        @Override
        public void reset() {
            resets++;
            if (fails) {
                throw new AssertionError("thrown on purpose");
            }
        }
    }
}
