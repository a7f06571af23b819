package org.tonyreactor.guide;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.tonyreactor.protocol.Protocol;

/** Answers each line with its length. */
final class Lines extends Protocol {
    @Override
    public void dataReceived(ByteBuffer data) {
        for (int i = data.position(); i < data.limit(); i++) {
            if (data.get(i) == '\n') {
                answer(data.slice().limit(i - data.position()));
                data.position(i + 1);
            }
        }
    }

    @Override
    public void inputEnded(ByteBuffer rest) {
        if (rest.hasRemaining()) {
            answer(rest); // The last line had no line feed.
        }
        closeConnection();
    }

    private void answer(ByteBuffer line) {
        write(StandardCharsets.UTF_8.decode(line).length() + "\n");
    }
}
