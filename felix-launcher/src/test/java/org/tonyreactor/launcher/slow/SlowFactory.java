package org.tonyreactor.launcher.slow;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** Waits in its activation for what never comes. */
@ReactorEndpoint(port = 0, name = "slow")
@Component(service = ProtocolFactory.class)
public final class SlowFactory implements ProtocolFactory {
    /** Hangs. */
    @Activate
    public SlowFactory() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {}
        };
    }
}
