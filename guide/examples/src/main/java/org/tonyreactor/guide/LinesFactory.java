package org.tonyreactor.guide;

import org.osgi.service.component.annotations.Component;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.HoldPolicy;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** A port that is free as soon as the bundle has gone. */
@ReactorEndpoint(port = 7021, name = "lines")
@HoldPolicy(timeout_millis = 0)
@Component(service = ProtocolFactory.class)
public final class LinesFactory implements ProtocolFactory {
    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Lines();
    }
}
