package org.tonyreactor.guide;

import java.nio.ByteBuffer;
import org.tonyreactor.protocol.Protocol;

/** Frames: four bytes of length, then as many bytes. Sends each frame back. */
final class Frames extends Protocol {
    private static final int MAX_FRAME_BYTES = 65_536;

    @Override
    public void dataReceived(ByteBuffer data) {
        while (data.remaining() >= Integer.BYTES) {
            int length = data.getInt(data.position()); // Looks, and takes nothing yet.
            if (length < 0 || length > MAX_FRAME_BYTES) {
                abortConnection();
                return;
            }
            int frame = Integer.BYTES + length;
            if (data.remaining() < frame) {
                transport().expect(frame);
                return;
            }
            write(data.slice().limit(frame));
            data.position(data.position() + frame);
        }
    }
}
