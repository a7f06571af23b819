package org.tonyreactor.guide;

import org.osgi.service.component.annotations.Component;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Limits;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.ConnectionLimits;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** A port for strangers. */
@ReactorEndpoint(port = 7023, host = "*", name = "public")
@ConnectionLimits(
        connections_max = 20_000,
        connections_max_per_peer = 50,
        accepts_per_second = 2_000,
        accepts_per_second_per_peer = 20,
        first_byte_timeout_millis = 5_000,
        idle_timeout_millis = 60_000)
@Component(service = ProtocolFactory.class)
public final class PublicFactory implements ProtocolFactory {
    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Lines();
    }

    /** The same limits without OSGi. */
    static EndpointSettings settings(int port) {
        return EndpointSettings.port(port)
                .withLimits(Limits.DEFAULTS
                        .withConnectionsMax(20_000)
                        .withConnectionsMaxPerPeer(50)
                        .withAcceptsPerSecond(2_000)
                        .withAcceptsPerSecondPerPeer(20)
                        .withFirstByteTimeoutMillis(5_000)
                        .withIdleTimeoutMillis(60_000));
    }
}
