package org.tonyreactor.internal.engine.wire.memory;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;

/** A {@link ServerWire} of a {@link MemoryNetwork}. If its backlog is full, peers try again. */
final class MemoryServerWire implements ServerWire, MemoryEnd {
    private final MemoryNetwork network;
    private final InetSocketAddress address;
    private final int backlog;
    /** Our ends of the peers that wait. */
    private final ArrayDeque<MemoryWire> waiting = new ArrayDeque<>();

    private @Nullable MemoryMultiplexer multiplexer;
    private Multiplexer.@Nullable ReadyHandler handler;
    private boolean accepting;

    MemoryServerWire(MemoryNetwork network, InetSocketAddress address, int backlog) {
        this.network = network;
        this.address = address;
        this.backlog = Math.max(1, backlog);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Lets a peer wait. Returns false when the backlog is full. */
    boolean offer(MemoryWire peer) {
        if (waiting.size() == backlog) {
            return false;
        }
        MemoryWire ours = new MemoryWire(network, peer.remoteAddress(), peer.localAddress());
        MemoryWire.join(peer, ours);
        waiting.add(ours);
        return true;
    }

    @Override
    public @Nullable Wire accept() {
        return waiting.poll();
    }

    @Override
    public boolean refuseOne() {
        MemoryWire refused = waiting.poll();
        if (refused == null) {
            return false;
        }
        refused.closeNow();
        return true;
    }

    @Override
    public void attach(Multiplexer to, Multiplexer.ReadyHandler told) {
        MemoryMultiplexer attached = (MemoryMultiplexer) to;
        handler = told;
        multiplexer = attached;
        attached.add(this);
    }

    @Override
    public void accepting(boolean on) {
        accepting = on;
    }

    @Override
    public SocketAddress localAddress() {
        return address;
    }

    @Override
    public void close() {
        if (multiplexer != null) {
            multiplexer.remove(this);
        }
        closeNow();
    }

    @Override
    public void closeNow() {
        network.ports().free(this);
        waiting.forEach(MemoryWire::reset);
        waiting.clear();
    }

    @Override
    public int readyOps() {
        return waiting.isEmpty() ? 0 : ACCEPT;
    }

    @Override
    public int interestOps() {
        return accepting ? ACCEPT : 0;
    }

    @Override
    public Multiplexer.ReadyHandler handler() {
        return MemoryWire.required(handler);
    }

    @Override
    public String toString() {
        return "memory listener on " + AddressText.of(address);
    }
}
