package org.tonyreactor.internal.engine;

import java.nio.channels.SelectableChannel;

/** A multiplexer without channels, for loops of which only mail or timers are measured. */
final class NoChannels implements Multiplexer {
    /** A loop that the calling thread owns and steps. */
    static EventLoop ownedLoop(Clock clock) {
        EventLoop loop = new EventLoop("stepped", clock, new NoChannels());
        loop.runOnce(clock.nanoTime());
        return loop;
    }

    @Override
    public void register(SelectableChannel channel, int ops, ReadyHandler handler) {}

    @Override
    public void interest(SelectableChannel channel, int ops) {}

    @Override
    public void closeSoon(SelectableChannel channel) {}

    @Override
    public int poll(long timeoutMillis) {
        return 0;
    }

    @Override
    public void dispatch(Dispatcher to) {}

    @Override
    public void wakeup() {}

    @Override
    public void reap() {}

    @Override
    public void rebuild() {}

    @Override
    public void close() {}
}
