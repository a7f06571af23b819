package org.tonyreactor.internal.engine.connection;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * A part of a file that will be sent. It alone has the channel, and closes it. Owner: the code that has made it, then the
 * worker.
 */
final class OutputFile implements OutputPart {
    /** What it occupies with its channel. */
    private static final long MEMORY_BYTES = 256;

    private static final Log LOG = Log.named("org.tonyreactor.connection");

    private final FileChannel file;
    private long position;
    private long remaining;

    private OutputFile(FileChannel file, long position, long count) {
        this.file = file;
        this.position = position;
        this.remaining = count;
    }

    /** Takes a channel over, unless it throws. */
    static OutputFile of(FileChannel file, long position, long count) {
        if (position < 0 || count < 0 || position + count < 0) {
            throw new IllegalArgumentException(
                    "position and count must be a part of a file, got " + position + " and " + count);
        }
        if (file.getClass().getModule() != FileChannel.class.getModule()) {
            throw new IllegalArgumentException(
                    "the file must be one of the default file system, got " + file.getClass());
        }
        try {
            int unused = file.read(ByteBuffer.allocate(0), position);
        } catch (IOException | IllegalStateException e) {
            throw new IllegalArgumentException("the file must be open for reading: " + e, e);
        }
        return new OutputFile(file, position, count);
    }

    @Override
    public long memoryBytes() {
        return MEMORY_BYTES;
    }

    @Override
    public long remaining() {
        return remaining;
    }

    @Override
    public long writeTo(Wire wire, long most) throws IOException {
        long taken = wire.writeFile(file, position, Math.min(most, remaining));
        if (taken == 0 && file.size() <= position) {
            throw new EOFException("the file has become shorter: " + remaining + " bytes from " + position
                    + " were to be sent, and it has " + file.size());
        }
        position += taken;
        remaining -= taken;
        return taken;
    }

    @Override
    public void release() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing a file that was sent has failed", e);
        }
    }
}
