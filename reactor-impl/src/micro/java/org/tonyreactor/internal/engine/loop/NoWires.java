package org.tonyreactor.internal.engine.loop;

import org.tonyreactor.internal.engine.wire.Multiplexer;

/** A multiplexer without wires, for loops of which only mail or timers are measured. */
final class NoWires implements Multiplexer {
    /** A loop that the calling thread owns and steps. */
    static EventLoop ownedLoop(Clock clock) {
        EventLoop loop = new EventLoop("stepped", clock, new NoWires());
        loop.runOnce(clock.nanoTime());
        return loop;
    }

    @Override
    public int poll(long timeoutMillis) {
        return 0;
    }

    @Override
    public void dispatch(Dispatcher to) {}

    @Override
    public void probe(Dispatcher to) {}

    @Override
    public boolean isDue() {
        return false;
    }

    @Override
    public void readBufferBytes(int bytes) {}

    @Override
    public void wakeup() {}

    @Override
    public void rebuild() {}

    @Override
    public void close() {}
}
