package org.tonyreactor.guide;

import java.nio.ByteBuffer;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.reactor.Group;

/** Passes everything on to all others in the room. */
final class Chat extends Protocol {
    private final Group room;

    Chat(Group room) {
        this.room = room;
    }

    @Override
    public void connectionMade() {
        room.add(transport());
        write(room.size() + " are here\n");
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        room.write(data, transport());
    }
}
