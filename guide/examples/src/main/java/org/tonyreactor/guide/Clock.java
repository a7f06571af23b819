package org.tonyreactor.guide;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.tonyreactor.protocol.Protocol;

/** Says "tick" again and again, until the peer goes. */
final class Clock extends Protocol {
    private final Duration period;

    Clock(Duration period) {
        this.period = period;
    }

    @Override
    public void connectionMade() {
        tick();
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        data.position(data.limit());
    }

    private void tick() {
        write("tick\n");
        callLater(period, this::tick); // Dropped when the connection ends.
    }
}
