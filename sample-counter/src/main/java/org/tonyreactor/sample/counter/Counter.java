package org.tonyreactor.sample.counter;

import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** Counts the lines of each connection, on port 7010, and says which version of the bundle has counted. */
@ReactorEndpoint(port = 7010, name = "counter")
@Component(service = ProtocolFactory.class)
public final class Counter implements ProtocolFactory {
    private final String version =
            FrameworkUtil.getBundle(Counter.class).getVersion().toString();

    @Override
    public Protocol buildProtocol(Peer peer) {
        return new LineCount(version);
    }
}
