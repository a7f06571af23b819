package org.tonyreactor.it.described;

import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** An echo on any free port that tells tools itself what may be configured. */
@ReactorEndpoint(port = 0)
@Designate(ocd = DescribedEcho.Settings.class)
@Component(service = ProtocolFactory.class, name = DescribedEcho.NAME)
public final class DescribedEcho implements ProtocolFactory {
    /** The component's name and PID. */
    public static final String NAME = "described-echo";

    /** What its author lets others configure. */
    @ObjectClassDefinition(name = "An echo of its own")
    @interface Settings {
        /** Where to listen. */
        int reactor_port() default 0;
    }

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
