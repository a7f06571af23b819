package org.tonyreactor.sample.counter;

import java.nio.ByteBuffer;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Resumable;

/** Answers each line with the version and the number of the line. The next version continues from that number. */
final class LineCount extends Protocol implements Resumable {
    private static final byte STATE_FORMAT = 1;

    private final String version;
    private long lines;

    LineCount(String version) {
        this.version = version;
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        while (data.hasRemaining()) {
            if (data.get() == '\n') {
                lines++;
                write("version " + version + ", line " + lines + "\n");
            }
        }
    }

    @Override
    public ByteBuffer suspend() {
        return ByteBuffer.allocate(Byte.BYTES + Long.BYTES)
                .put(STATE_FORMAT)
                .putLong(lines)
                .flip();
    }

    @Override
    public void resume(ByteBuffer state) {
        byte format = state.get();
        if (format != STATE_FORMAT) {
            throw new IllegalStateException("state format " + format + " is unknown, " + STATE_FORMAT + " is known");
        }
        lines = state.getLong();
    }
}
