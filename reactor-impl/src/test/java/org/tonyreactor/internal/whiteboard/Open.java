package org.tonyreactor.internal.whiteboard;

import java.nio.ByteBuffer;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Resumable;

/** Says ! when it is open, and whatever happens it does nothing more; its connections may be handed over. */
final class Open extends Protocol implements Resumable {
    @Override
    public void connectionMade() {
        write("!");
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        data.position(data.limit());
    }

    @Override
    public ByteBuffer suspend() {
        return ByteBuffer.allocate(0);
    }

    @Override
    public void resume(ByteBuffer state) {
        // There is nothing to know.
    }
}
