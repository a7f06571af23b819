package org.tonyreactor.it.annotated;

import java.nio.ByteBuffer;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** An echo on any free port whose properties may be configured while it runs. */
@ReactorEndpoint(port = 0)
@Component(service = ProtocolFactory.class, name = AnnotatedEcho.NAME)
public final class AnnotatedEcho implements ProtocolFactory {
    /** The component's name and PID. */
    public static final String NAME = "annotated-echo";

    /** Takes part in changes without being replaced. */
    @Modified
    void modified(Map<String, Object> properties) {}

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
