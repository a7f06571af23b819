package org.tonyreactor.internal.engine.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;

/** A wire without a socket: each read lends the same message, and each write takes all. */
final class AlwaysReadyWire implements Wire {
    private static final SocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final ByteBuffer message;
    private int interest;

    AlwaysReadyWire(int messageBytes) {
        message = ByteBuffer.allocateDirect(messageBytes);
    }

    @Override
    public @Nullable ByteBuffer read() {
        return message.clear();
    }

    @Override
    public int write(ByteBuffer part) {
        int count = part.remaining();
        part.position(part.limit());
        return count;
    }

    @Override
    public void interest(int ops) {
        interest = ops;
    }

    @Override
    public void attach(Multiplexer to, Multiplexer.ReadyHandler handler) {
        if ((interest & READ) != 0) {
            ((AlwaysReadyNetwork.Poll) to).reader = handler;
        }
    }

    @Override
    public boolean hasMore() {
        return false;
    }

    @Override
    public long unsentBytes() {
        return 0;
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void probe() {}

    @Override
    public boolean finishConnect() {
        return true;
    }

    @Override
    public boolean isBroken() {
        return false;
    }

    @Override
    public void noDelay(boolean on) {}

    @Override
    public void keepAlive(boolean on) {}

    @Override
    public void shutdownOutput() {}

    @Override
    public void reset() {}

    @Override
    public void closeSoon() {}

    @Override
    public SocketAddress localAddress() {
        return ADDRESS;
    }

    @Override
    public SocketAddress remoteAddress() {
        return ADDRESS;
    }

    // The engine asks for nothing of this: nothing is pending, sent from a file or handed over.

    @Override
    public long write(ByteBuffer[] parts, int from, int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long writeFile(FileChannel file, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void detach(Runnable then) {
        throw new UnsupportedOperationException();
    }
}
