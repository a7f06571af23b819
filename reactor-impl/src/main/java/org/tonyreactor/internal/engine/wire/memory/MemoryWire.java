package org.tonyreactor.internal.engine.wire.memory;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * One end of a connection in memory. Each end has the pipe from which it reads, and writes to the pipe of its peer. It
 * follows TCP where the engine can see it. Closing with unread input sends RST. If a peer writes to a closed end, the
 * host of that end sends RST. Bytes that have come before RST can still be read.
 */
final class MemoryWire implements Wire, MemoryEnd {
    private final MemoryNetwork network;
    private final MemorySettings settings;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final MemoryInput input;
    private final MemoryOutput output;

    private @Nullable MemoryWire peer;
    private @Nullable MemoryMultiplexer multiplexer;
    private Multiplexer.@Nullable ReadyHandler handler;
    private int interest;
    private boolean connected;
    private boolean refused;
    /** Closing sends RST. */
    private boolean resets;
    /** RST has come. */
    private boolean wasReset;

    private boolean closed;

    MemoryWire(MemoryNetwork network, InetSocketAddress local, InetSocketAddress remote) {
        this.network = network;
        this.settings = network.settings();
        this.local = local;
        this.remote = remote;
        this.input = new MemoryInput(settings);
        this.output = new MemoryOutput(settings);
    }

    /** Connects two ends; the first one has still to be told. */
    static void join(MemoryWire connecting, MemoryWire accepted) {
        connecting.peer = accepted;
        accepted.peer = connecting;
        accepted.connected = true;
    }

    static <T> T required(@Nullable T known) {
        if (known == null) {
            throw new IllegalStateException("the wire is attached to no loop");
        }
        return known;
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        ByteBuffer buffer = required(multiplexer).readBuffer(settings.lentBytes());
        requireOpen();
        if (input.lend(buffer) > 0) {
            return buffer.flip();
        }
        if (input.takeEnd()) {
            return END; // Also when RST has come behind the FIN.
        }
        if (wasReset) {
            throw new SocketException("Connection reset");
        }
        return null;
    }

    @Override
    public boolean hasMore() {
        return input.holds();
    }

    @Override
    public int write(ByteBuffer part) throws IOException {
        requireWritable();
        int taken = output.take(part, settings.writeBytes(), out());
        noteAbandoned();
        return taken;
    }

    @Override
    public long write(ByteBuffer[] parts, int from, int count) throws IOException {
        requireWritable();
        int taken = 0;
        for (int i = from; i < from + count; i++) {
            taken += output.take(parts[i], settings.writeBytes() - taken, out());
            if (parts[i].hasRemaining()) {
                break;
            }
        }
        noteAbandoned();
        return taken;
    }

    @Override
    public long writeFile(FileChannel file, long position, long count) throws IOException {
        requireWritable();
        int most = Math.min(settings.writeBytes(), output.roomBytes(out()));
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(count, most));
        file.read(part, position);
        return write(part.flip());
    }

    @Override
    public long unsentBytes() {
        return output.unsentBytes();
    }

    @Override
    public boolean flush() throws IOException {
        if (output.unsentBytes() == 0) {
            return true;
        }
        requireUnbroken();
        output.flush(out());
        noteAbandoned();
        return output.unsentBytes() == 0;
    }

    /** Bytes that are sent to a closed end are answered with RST. */
    private void noteAbandoned() {
        if (out().isAbandoned() && output.unsentBytes() == 0) {
            onReset();
        }
    }

    @Override
    public void interest(int ops) {
        interest = ops;
    }

    @Override
    public void probe() {
        if (multiplexer != null) {
            multiplexer.askProbe(this);
        }
    }

    /** Whether RST has come. */
    boolean wasReset() {
        return wasReset;
    }

    @Override
    public boolean finishConnect() throws IOException {
        if (refused) {
            throw new ConnectException("Connection refused");
        }
        connected = peer != null;
        return connected;
    }

    @Override
    public void attach(Multiplexer to, Multiplexer.ReadyHandler told) {
        MemoryMultiplexer attached = (MemoryMultiplexer) to;
        handler = told;
        multiplexer = attached;
        attached.add(this);
    }

    @Override
    public void detach(Runnable then) {
        required(multiplexer).detach(this, then, settings.detachPolls());
    }

    void onDetached() {
        multiplexer = null;
        handler = null;
        interest = 0;
    }

    @Override
    public boolean isBroken() {
        return wasReset || refused || closed;
    }

    @Override
    public void noDelay(boolean on) {}

    @Override
    public void keepAlive(boolean on) {}

    @Override
    public void shutdownOutput() throws IOException {
        requireOpen();
        output.shut(out());
    }

    @Override
    public void reset() {
        resets = true;
        closeSoon();
    }

    @Override
    public void closeSoon() {
        if (multiplexer == null) {
            closeNow();
        } else {
            multiplexer.closeSoon(this);
        }
    }

    @Override
    public void closeNow() {
        if (closed) {
            return;
        }
        closed = true;
        MemoryWire other = peer;
        if (other != null && (resets || !input.pipe().isEmpty())) {
            other.onReset();
        } else if (other != null && !output.isEnded()) {
            other.input.pipe().finish();
        }
        input.abandon();
        output.drop();
    }

    private void onReset() {
        wasReset = true;
        output.drop();
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public int readyOps() {
        if (!connected) {
            return peer != null || refused || knock() ? CONNECT : 0;
        }
        boolean writable = wasReset || out().roomBytes() > 0;
        return (wasReset || input.pipe().isReadable() ? READ : 0) | (writable ? WRITE : 0);
    }

    /** Asks to be let in. Returns whether there is an answer; a full backlog gives none. */
    private boolean knock() {
        MemoryServerWire server = network.ports().at(remote);
        refused = server == null;
        return server == null || server.offer(this);
    }

    @Override
    public int interestOps() {
        return interest;
    }

    @Override
    public Multiplexer.ReadyHandler handler() {
        return required(handler);
    }

    private MemoryPipe out() {
        MemoryWire other = peer;
        if (other == null) {
            throw new NotYetConnectedException();
        }
        return other.input.pipe();
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    private void requireWritable() throws IOException {
        requireOpen();
        if (output.isShut()) {
            throw new ClosedChannelException();
        }
        requireUnbroken();
    }

    private void requireUnbroken() throws IOException {
        if (wasReset) {
            throw new IOException("Broken pipe");
        }
    }

    @Override
    public String toString() {
        return "memory wire of " + AddressText.of(local) + " to " + AddressText.of(remote);
    }
}
