package org.tonyreactor.sample.echo;

import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Component;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** Sends back what it gets, on port 7007. */
@ReactorEndpoint(port = 7007, name = "echo")
@Component(service = ProtocolFactory.class)
public final class Echo implements ProtocolFactory {
    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                write(data);
            }
        };
    }
}
