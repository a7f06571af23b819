package org.tonyreactor.it.karaf.shout;

import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Component;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.HoldPolicy;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** Sends back what it gets in capitals, on any free port. It leaves its port at once when it goes. */
@ReactorEndpoint(port = 0, name = "shout")
@HoldPolicy(timeout_millis = 0)
@Component(service = ProtocolFactory.class)
public final class Shout implements ProtocolFactory {
    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                ByteBuffer capitals = ByteBuffer.allocate(data.remaining());
                while (data.hasRemaining()) {
                    capitals.put((byte) Character.toUpperCase(data.get()));
                }
                write(capitals.flip());
            }
        };
    }
}
