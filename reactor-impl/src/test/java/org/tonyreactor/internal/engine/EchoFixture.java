package org.tonyreactor.internal.engine;

import java.nio.ByteBuffer;
import org.tonyreactor.protocol.Protocol;

/** The smallest echo, which records nothing. */
final class EchoFixture extends Protocol {
    @Override
    public void dataReceived(ByteBuffer data) {
        write(data);
    }
}
