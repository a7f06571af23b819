package org.tonyreactor.internal.engine.wire.proxy;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.internal.engine.wire.WireDecorator;

/**
 * A wire from a proxy, whose first bytes are a header. It is connected when it has read the header: then its remote and its
 * local address are those of the header, and what has come behind it is lent first. Owner: its loop.
 */
public final class ProxiedWire implements WireDecorator {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Wire below;
    private final ProxyVersions versions;
    private @Nullable ProxyHeader header;
    /** The beginning of a header; later what has come behind it. */
    private ByteBuffer kept = NOTHING;

    public ProxiedWire(Wire below, ProxyVersions versions) {
        this.below = below;
        this.versions = versions;
    }

    @Override
    public Wire below() {
        return below;
    }

    /** What the proxy has said; null until the wire is connected. */
    public @Nullable ProxyHeader header() {
        return header;
    }

    /** The proxy's own address. */
    public SocketAddress proxyAddress() throws IOException {
        return below.remoteAddress();
    }

    @Override
    public boolean finishConnect() throws IOException {
        if (!below.finishConnect()) {
            return false;
        }
        while (header == null) { // Ends: a header has a bound, and each pass reads a byte or more.
            ByteBuffer read = below.read();
            if (read == null) {
                return false;
            }
            if (Wire.isEnd(read)) {
                throw new ProxyException("the peer has closed before its header was complete");
            }
            ByteBuffer all = kept.hasRemaining() ? joined(kept, read) : read;
            header = HeaderReader.read(all, versions);
            kept = copyOf(all);
        }
        return true;
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }

    private static ByteBuffer copyOf(ByteBuffer rest) {
        return rest.hasRemaining()
                ? ByteBuffer.allocate(rest.remaining()).put(rest).flip()
                : NOTHING;
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        if (kept.hasRemaining()) {
            ByteBuffer lent = kept;
            kept = NOTHING;
            return lent;
        }
        return below.read();
    }

    @Override
    public boolean hasMore() {
        return kept.hasRemaining() || below.hasMore();
    }

    @Override
    public void interest(int ops) {
        below.interest(header == null && (ops & CONNECT) != 0 ? READ : ops);
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
    public long heldBytes() {
        return kept.capacity() + below.heldBytes();
    }

    @Override
    public boolean flush() throws IOException {
        return below.flush();
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        ProxyHeader.Addresses said = addresses();
        return said == null ? below.localAddress() : said.destination();
    }

    @Override
    public SocketAddress remoteAddress() throws IOException {
        ProxyHeader.Addresses said = addresses();
        return said == null ? below.remoteAddress() : said.source();
    }

    private ProxyHeader.@Nullable Addresses addresses() {
        return header == null ? null : header.addresses();
    }

    @Override
    public String toString() {
        return below + " from a proxy";
    }
}
