package org.tonyreactor.it.plain;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.Peer;

/** An echo of whole lines that writes down every callback. A line without its end stays unread. */
public final class RecordingEcho implements ProtocolFactory {
    /** Callbacks in the order of their coming, each as connection id and name. */
    public final Queue<String> events = new ConcurrentLinkedQueue<>();

    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Protocol() {
            @Override
            public void connectionMade() {
                events.add(transport().id() + " made");
            }

            @Override
            public void dataReceived(ByteBuffer data) {
                events.add(transport().id() + " data");
                int end = data.limit();
                while (end > data.position() && data.get(end - 1) != '\n') {
                    end--;
                }
                ByteBuffer lines = data.duplicate().limit(end);
                data.position(end);
                write(lines);
            }

            @Override
            public void connectionLost(CloseReason reason) {
                events.add(transport().id() + " lost " + reason.kind());
            }
        };
    }
}
