package org.tonyreactor.launcher.shout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** Answers in capitals. Its port comes from a configuration file. */
@ReactorEndpoint(port = 0, name = "shout")
@Component(service = ProtocolFactory.class, name = Shout.PID)
public final class Shout implements ProtocolFactory {
    /** The PID of its configuration. */
    public static final String PID = "org.tonyreactor.test.shout";

    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                byte[] bytes = new byte[data.remaining()];
                data.get(bytes);
                write(new String(bytes, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT));
            }
        };
    }
}
