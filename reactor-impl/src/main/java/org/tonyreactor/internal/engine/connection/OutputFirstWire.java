package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * A wire with output that its owner had pending when another wire was put over it: that output counts as unsent, and
 * nothing is taken before it has gone. So what was written earlier is neither overtaken nor changed by the wire above.
 * Owner: the worker.
 */
final class OutputFirstWire implements Wire {
    private final Wire below;
    private final PendingOutput first;

    OutputFirstWire(Wire below, PendingOutput first) {
        this.below = below;
        this.first = first;
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        return below.read();
    }

    @Override
    public boolean hasMore() {
        return below.hasMore();
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
    public boolean flush() throws IOException {
        boolean sent = below.flush();
        if (sent && !first.isEmpty()) {
            first.flush(below);
            sent = first.isEmpty() && below.flush();
        }
        return sent;
    }

    @Override
    public void interest(int ops) {
        below.interest(ops);
    }

    @Override
    public boolean finishConnect() throws IOException {
        return below.finishConnect();
    }

    @Override
    public void attach(Multiplexer to, Multiplexer.ReadyHandler handler) throws IOException {
        below.attach(to, handler);
    }

    @Override
    public void detach(Runnable then) {
        below.detach(then);
    }

    @Override
    public boolean isBroken() {
        return below.isBroken();
    }

    @Override
    public void noDelay(boolean on) {
        below.noDelay(on);
    }

    @Override
    public void keepAlive(boolean on) {
        below.keepAlive(on);
    }

    @Override
    public void shutdownOutput() throws IOException {
        below.shutdownOutput();
    }

    @Override
    public void reset() {
        below.reset();
    }

    @Override
    public void closeSoon() {
        below.closeSoon();
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        return below.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() throws IOException {
        return below.remoteAddress();
    }

    @Override
    public String toString() {
        return below + " with " + first.bytes() + " bytes to go first";
    }
}
