package org.tonyreactor.it.plain;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.protocol.Reusable;
import org.tonyreactor.transport.Peer;

/** An echo that leaves traces wherever an engine may keep some: timers, tasks, pooled protocols. */
public final class BusyEcho implements ProtocolFactory {
    private static final int TASKS = 100;

    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Busy();
    }

    private static final class Busy extends Protocol implements Reusable {
        private int done;

        @Override
        public void connectionMade() {
            callLater(Duration.ofDays(1), () -> done++);
            callLater(Duration.ofDays(1), () -> done++).cancel();
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            write(data);
            for (int i = 0; i < TASKS; i++) {
                transport().execute(() -> done++);
            }
            callLater(Duration.ofMillis(1), () -> done++);
        }

        @Override
        public void reset() {
            done = 0;
        }
    }
}
