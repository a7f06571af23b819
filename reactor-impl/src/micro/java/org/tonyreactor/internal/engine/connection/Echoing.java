package org.tonyreactor.internal.engine.connection;

import java.nio.ByteBuffer;
import org.tonyreactor.protocol.Protocol;

/** Sends back whatever comes in. */
final class Echoing extends Protocol {
    @Override
    public void dataReceived(ByteBuffer data) {
        write(data);
    }
}
