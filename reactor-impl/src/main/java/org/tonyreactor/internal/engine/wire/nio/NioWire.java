package org.tonyreactor.internal.engine.wire.nio;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * A {@link Wire} over a socket. A read fills the only buffer of its loop and lends it. Bytes that the wire takes go to the
 * kernel at once, so the wire never holds any.
 */
final class NioWire implements Wire {
    private static final Log LOG = Log.named("org.tonyreactor.connection");

    /** A heap buffer goes in slices of this size: the JDK copies each into memory that it keeps. */
    static final int HEAP_SLICE_BYTES = 1 << 17;

    private final SocketChannel channel;
    private @Nullable NioMultiplexer multiplexer;
    private byte interest;
    private boolean broken;

    NioWire(SocketChannel channel) {
        this.channel = channel;
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        ByteBuffer buffer = attachedTo().readBuffer();
        int count;
        try {
            count = channel.read(buffer);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
        return count > 0 ? buffer.flip() : count < 0 ? END : null;
    }

    @Override
    public boolean hasMore() {
        return false;
    }

    @Override
    public int write(ByteBuffer part) throws IOException {
        try {
            return part.isDirect() || part.remaining() <= HEAP_SLICE_BYTES ? channel.write(part) : writeSlices(part);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    private int writeSlices(ByteBuffer part) throws IOException {
        int limit = part.limit();
        int before = part.position();
        try {
            do {
                part.limit(Math.min(limit, part.position() + HEAP_SLICE_BYTES));
                channel.write(part);
            } while (!part.hasRemaining() && part.limit() < limit);
        } finally {
            part.limit(limit);
        }
        return part.position() - before;
    }

    @Override
    public long write(ByteBuffer[] parts, int from, int count) throws IOException {
        long written = 0;
        int end = from + count;
        for (int next = from; next < end; ) {
            int first = next;
            long heapBytes = 0;
            while (next < end && heapBytes < HEAP_SLICE_BYTES) {
                heapBytes += parts[next].isDirect() ? 0 : parts[next].remaining();
                next++;
            }
            int left = (int) Math.max(0, heapBytes - HEAP_SLICE_BYTES);
            long offered = (long) parts[next - 1].remaining() - left;
            for (int i = first; i < next - 1; i++) {
                offered += parts[i].remaining();
            }
            long taken = gather(parts, first, next - first, left);
            written += taken;
            if (taken < offered) {
                break;
            }
            next -= left > 0 ? 1 : 0;
        }
        return written;
    }

    /** Writes parts with one system call, except the bytes of the last part that must be left. */
    private long gather(ByteBuffer[] parts, int from, int count, int left) throws IOException {
        ByteBuffer last = parts[from + count - 1];
        int limit = last.limit();
        last.limit(limit - left);
        try {
            return channel.write(parts, from, count);
        } catch (IOException e) {
            broken = true;
            throw e;
        } finally {
            last.limit(limit);
        }
    }

    @Override
    public long writeFile(FileChannel file, long position, long count) throws IOException {
        return file.transferTo(position, count, channel);
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
    public void interest(int ops) {
        interest = (byte) ops;
        if (multiplexer != null) {
            multiplexer.interest(channel, ops);
        }
    }

    @Override
    public void probe() {
        if (multiplexer != null) {
            multiplexer.askProbe(channel);
        }
    }

    @Override
    public boolean finishConnect() throws IOException {
        return channel.finishConnect();
    }

    @Override
    public void attach(Multiplexer to, Multiplexer.ReadyHandler handler) throws IOException {
        NioMultiplexer attached = (NioMultiplexer) to;
        attached.register(channel, interest, handler);
        multiplexer = attached;
    }

    @Override
    public void detach(Runnable then) {
        NioMultiplexer from = attachedTo();
        multiplexer = null;
        interest = 0;
        from.detach(channel, then);
    }

    @Override
    public boolean isBroken() {
        return broken || !channel.isOpen();
    }

    @Override
    public void noDelay(boolean on) {
        set(StandardSocketOptions.TCP_NODELAY, on);
    }

    @Override
    public void keepAlive(boolean on) {
        set(StandardSocketOptions.SO_KEEPALIVE, on);
    }

    private <T> void set(SocketOption<T> option, T value) {
        try {
            channel.setOption(option, value);
        } catch (IOException e) {
            LOG.debug("{}: {} could not be set", this, option.name(), e);
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void reset() {
        set(StandardSocketOptions.SO_LINGER, 0);
        closeSoon();
    }

    @Override
    public void closeSoon() {
        try {
            if (multiplexer == null) {
                channel.close();
            } else {
                multiplexer.closeSoon(channel);
            }
        } catch (IOException e) {
            LOG.debug("closing {} failed", this, e);
        }
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        return channel.getLocalAddress();
    }

    @Override
    public SocketAddress remoteAddress() throws IOException {
        return channel.getRemoteAddress();
    }

    private NioMultiplexer attachedTo() {
        NioMultiplexer to = multiplexer;
        if (to == null) {
            throw new IllegalStateException("the wire is attached to no loop");
        }
        return to;
    }

    @Override
    public String toString() {
        return "wire of " + ChannelText.of(channel);
    }
}
