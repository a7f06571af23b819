package org.tonyreactor.internal.engine.loop;

import org.tonyreactor.internal.engine.wire.Multiplexer;

/** A multiplexer without wires, for loops of which only the mail is tested. */
final class NoWires implements Multiplexer {
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
