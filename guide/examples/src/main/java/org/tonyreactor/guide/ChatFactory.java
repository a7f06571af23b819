package org.tonyreactor.guide;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.Group;
import org.tonyreactor.reactor.Reactor;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** A room of a chat at a port. */
@ReactorEndpoint(port = 7022, name = "chat")
@Component(service = ProtocolFactory.class)
public final class ChatFactory implements ProtocolFactory {
    private final Group room;

    @Activate
    public ChatFactory(@Reference Reactor reactor) {
        room = reactor.group("chat");
    }

    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Chat(room);
    }
}
