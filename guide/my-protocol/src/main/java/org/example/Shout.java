package org.example;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.ReactorEndpoint;

@ReactorEndpoint(port = 7020, name = "shout")
@Component(service = ProtocolFactory.class)
public final class Shout implements ProtocolFactory {
    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Protocol() {
            @Override
            public void connectionMade() {
                write("Say something.\n");
            }

            @Override
            public void dataReceived(ByteBuffer data) {
                String said = StandardCharsets.US_ASCII.decode(data).toString();
                write(said.toUpperCase(Locale.ROOT));
            }
        };
    }
}
