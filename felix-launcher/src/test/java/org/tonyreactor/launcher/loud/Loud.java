package org.tonyreactor.launcher.loud;

import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** Fails at each message, and says so wherever it can, at length. Its port comes from a configuration file. */
@ReactorEndpoint(port = 0, name = "loud")
@Component(service = ProtocolFactory.class, name = Loud.PID)
public final class Loud implements ProtocolFactory {
    /** The PID of its configuration. */
    public static final String PID = "org.tonyreactor.test.loud";
    /** What it says of each message. */
    public static final String FORGED = "it fails\n2026-01-01T00:00:00.000Z ERROR forged \u001b]0;title\u0007 \u202e";

    private static final Logger LOG = LoggerFactory.getLogger("com.example.loud");
    private static final String KILOBYTE = "x".repeat(1_024);

    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Protocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                IllegalStateException failure = new IllegalStateException(FORGED);
                LOG.warn(FORGED + KILOBYTE, failure);
                System.err.println(KILOBYTE);
                System.out.println(KILOBYTE);
                throw failure;
            }
        };
    }
}
