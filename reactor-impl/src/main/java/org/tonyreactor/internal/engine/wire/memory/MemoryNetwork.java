package org.tonyreactor.internal.engine.wire.memory;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * A network inside one virtual machine. Its only host has the loopback addresses. A poll of the loop to which the wire is
 * attached makes the connect.
 *
 * <p>Owner: the thread that steps all loops, unlike other networks, which any thread may call.
 */
public final class MemoryNetwork implements Network {
    private final MemorySettings settings;
    private final MemoryPorts ports;

    public MemoryNetwork() {
        this(MemorySettings.PLAIN);
    }

    public MemoryNetwork(MemorySettings settings) {
        this(settings, new MemoryPorts());
    }

    private MemoryNetwork(MemorySettings settings, MemoryPorts ports) {
        this.settings = settings;
        this.ports = ports;
    }

    /** The same network for others, whose wires behave in another way. */
    public MemoryNetwork neighbour(MemorySettings theirs) {
        return new MemoryNetwork(theirs, ports);
    }

    MemorySettings settings() {
        return settings;
    }

    MemoryPorts ports() {
        return ports;
    }

    @Override
    public Multiplexer openMultiplexer(int readBufferBytes) {
        return new MemoryMultiplexer(readBufferBytes);
    }

    @Override
    public ServerWire listen(InetSocketAddress address, int backlog) throws IOException {
        MemoryServerWire opened = new MemoryServerWire(this, ports.claim(address), backlog);
        ports.listens(opened);
        return opened;
    }

    @Override
    public Wire connect(SocketAddress remote, @Nullable SocketAddress local) throws IOException {
        if (!(remote instanceof InetSocketAddress there) || there.isUnresolved()) {
            throw new IOException("cannot connect to " + AddressText.of(remote));
        }
        InetSocketAddress known =
                there.getAddress().isAnyLocalAddress() ? new InetSocketAddress(loopback(), there.getPort()) : there;
        return new MemoryWire(this, local == null ? here() : claim(local), known);
    }

    @Override
    public int writeBufferBytes() {
        return 0;
    }

    @Override
    public List<Pair> openPairs(int count) throws IOException {
        List<Pair> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            InetSocketAddress one = here();
            InetSocketAddress other = here();
            MemoryWire first = new MemoryWire(this, one, other);
            MemoryWire second = new MemoryWire(this, other, one);
            MemoryWire.join(first, second);
            first.finishConnect();
            opened.add(new Pair(first, second));
        }
        return opened;
    }

    @Override
    public void close() {}

    private InetSocketAddress claim(SocketAddress local) throws IOException {
        if (!(local instanceof InetSocketAddress address)) {
            throw new BindException("local address " + local + " is of another network");
        }
        try {
            return ports.claim(address);
        } catch (BindException e) {
            throw (IOException) new BindException("local address " + local + ": " + e.getMessage()).initCause(e);
        }
    }

    private InetSocketAddress here() throws IOException {
        return new InetSocketAddress(loopback(), ports.ephemeral());
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }
}
