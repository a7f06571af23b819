package org.tonyreactor.launcher.failing;

import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Component;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** Its constructor throws. */
@ReactorEndpoint(port = 0, name = "failing")
@Component(service = ProtocolFactory.class)
public final class FailingFactory implements ProtocolFactory {
    /** Throws. */
    public FailingFactory() {
        throw new IllegalStateException("there is no database");
    }

    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {}
        };
    }
}
