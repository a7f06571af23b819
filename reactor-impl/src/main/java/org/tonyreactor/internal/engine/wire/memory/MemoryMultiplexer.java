package org.tonyreactor.internal.engine.wire.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * A {@link Multiplexer} that looks at each of its ends in every poll, and never waits: its loop is stepped. Readiness is
 * level-triggered, as with a selector, and is found in the order in which the ends came.
 *
 * <p>Owner: the stepping thread, also of {@link #wakeup}, which has no thread to wake.
 */
final class MemoryMultiplexer implements Multiplexer {
    /** An end that the last poll found ready. */
    private record Ready(MemoryEnd end, int ops) {}

    /** A wire that is being detached, and the callback for that. */
    private static final class Detaching {
        private final MemoryWire wire;
        private final Runnable then;
        private int pollsLeft;

        Detaching(MemoryWire wire, Runnable then, int pollsLeft) {
            this.wire = wire;
            this.then = then;
            this.pollsLeft = pollsLeft;
        }
    }

    private final Set<MemoryEnd> ends = new LinkedHashSet<>();
    private final List<Ready> ready = new ArrayList<>();
    /** Wires to be closed by the next poll. */
    private final List<MemoryWire> leaving = new ArrayList<>();

    /** Wires that the next probe looks at. */
    private final List<MemoryWire> probed = new ArrayList<>();

    private final List<Detaching> detaching = new ArrayList<>();
    private final List<Runnable> detached = new ArrayList<>();
    private ByteBuffer readBuffer;

    MemoryMultiplexer(int readBufferBytes) {
        readBuffer = ByteBuffer.allocate(readBufferBytes);
    }

    @Override
    public void readBufferBytes(int bytes) {
        if (bytes != readBuffer.capacity()) {
            readBuffer = ByteBuffer.allocate(bytes);
        }
    }

    /** The buffer for one read, with room for at most so many bytes; it keeps nothing of the last one. */
    ByteBuffer readBuffer(int most) {
        readBuffer.clear().order(ByteOrder.BIG_ENDIAN);
        return readBuffer.limit(Math.min(most, readBuffer.capacity()));
    }

    void add(MemoryEnd end) {
        ends.add(end);
    }

    void remove(MemoryEnd end) {
        ends.remove(end);
    }

    /** Takes a wire off, never to dispatch it again, and closes it in the next {@link #poll}. */
    void closeSoon(MemoryWire wire) {
        ends.remove(wire);
        leaving.add(wire);
    }

    void detach(MemoryWire wire, Runnable then, int polls) {
        detaching.add(new Detaching(wire, then, polls));
    }

    void askProbe(MemoryWire wire) {
        probed.add(wire);
    }

    @Override
    public void probe(Dispatcher to) {
        List<MemoryWire> asked = List.copyOf(probed);
        probed.clear();
        for (MemoryWire each : asked) {
            if (each.wasReset() && ends.contains(each)) {
                to.dispatch(each.handler(), Wire.RESET);
            }
        }
    }

    @Override
    public boolean isDue() {
        return !leaving.isEmpty() || !detaching.isEmpty() || !detached.isEmpty();
    }

    @Override
    public int poll(long timeoutMillis) {
        closeLeaving();
        letGo();
        for (MemoryEnd end : ends) {
            int ops = end.readyOps() & end.interestOps();
            if (ops != 0) {
                ready.add(new Ready(end, ops));
            }
        }
        return ready.size();
    }

    @Override
    public void dispatch(Dispatcher to) {
        List<Runnable> gone = List.copyOf(detached);
        detached.clear();
        gone.forEach(Runnable::run);
        for (Ready each : ready) {
            int ops = each.ops & each.end.interestOps();
            if (ops != 0 && ends.contains(each.end)) {
                to.dispatch(each.end.handler(), ops);
            }
        }
        ready.clear();
    }

    @Override
    public void wakeup() {}

    @Override
    public void rebuild() {}

    @Override
    public void close() {
        closeLeaving();
        List.copyOf(ends).forEach(MemoryEnd::closeNow);
        ends.clear();
    }

    private void closeLeaving() {
        leaving.forEach(MemoryWire::closeNow);
        leaving.clear();
    }

    private void letGo() {
        for (Detaching each : detaching) {
            if (--each.pollsLeft == 0) {
                ends.remove(each.wire);
                each.wire.onDetached();
                detached.add(each.then);
            }
        }
        detaching.removeIf(each -> each.pollsLeft == 0);
    }
}
