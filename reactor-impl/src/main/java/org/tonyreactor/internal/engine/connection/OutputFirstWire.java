package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.internal.engine.wire.WireDecorator;

/**
 * A wire for a connection that had pending output when another wire was put over its wire. That output counts as
 * unsent, and nothing is taken before it has gone. So the wire above neither overtakes nor changes earlier output.
 * Owner: the worker.
 */
final class OutputFirstWire implements WireDecorator {
    private final Wire below;
    private final PendingOutput first;

    OutputFirstWire(Wire below, PendingOutput first) {
        this.below = below;
        this.first = first;
    }

    @Override
    public Wire below() {
        return below;
    }

    @Override
    public int write(ByteBuffer part) throws IOException {
        return first.isEmpty() ? below.write(part) : 0;
    }

    @Override
    public long write(ByteBuffer[] parts, int from, int count) throws IOException {
        return first.isEmpty() ? below.write(parts, from, count) : 0;
    }

    @Override
    public long writeFile(FileChannel file, long position, long count) throws IOException {
        return first.isEmpty() ? below.writeFile(file, position, count) : 0;
    }

    @Override
    public long unsentBytes() {
        return first.bytes() + below.unsentBytes();
    }

    @Override
    public long heldBytes() {
        return first.memoryBytes() + below.heldBytes();
    }

    @Override
    public boolean flush() throws IOException {
        boolean sent = below.flush();
        if (sent && !first.isEmpty()) {
            first.flush(below);
            sent = first.isEmpty() && below.flush();
        }
        return sent;
    }

    @Override
    public void reset() {
        first.release();
        below.reset();
    }

    @Override
    public void closeSoon() {
        first.release();
        below.closeSoon();
    }

    @Override
    public String toString() {
        return below + " with " + first.bytes() + " bytes to go first";
    }
}
