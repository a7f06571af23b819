package org.tonyreactor.internal.engine.wire.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.internal.engine.wire.WireDecorator;

/**
 * A wire to a server that wants a header first. It is connected when the wire below has taken the whole header. Owner: its
 * loop.
 */
public final class HeaderFirstWire implements WireDecorator {
    private final Wire below;
    /** What the wire below has not taken of it. */
    private final ByteBuffer header;

    public HeaderFirstWire(Wire below, byte[] header) {
        this.below = below;
        this.header = ByteBuffer.wrap(header);
    }

    @Override
    public Wire below() {
        return below;
    }

    @Override
    public boolean finishConnect() throws IOException {
        if (!below.finishConnect()) {
            return false;
        }
        below.write(header);
        if (header.hasRemaining()) {
            below.interest(WRITE);
        }
        return !header.hasRemaining();
    }

    @Override
    public int write(ByteBuffer part) throws IOException {
        return below.write(part);
    }

    @Override
    public long write(ByteBuffer[] parts, int from, int count) throws IOException {
        return below.write(parts, from, count);
    }

    @Override
    public long writeFile(FileChannel file, long position, long count) throws IOException {
        return below.writeFile(file, position, count);
    }

    @Override
    public long unsentBytes() {
        return below.unsentBytes();
    }

    @Override
    public boolean flush() throws IOException {
        return below.flush();
    }

    @Override
    public String toString() {
        return below + " with a header first";
    }
}
