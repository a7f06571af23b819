package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** A multiplexer without channels: a script says what each poll does, and what the loop asks of it is counted. */
final class RecordingMultiplexer implements Multiplexer {
    /** What a poll does. */
    interface Script {
        /** Runs on the loop's thread; the number of the poll counts from 1. Returns how many handlers were dispatched. */
        int onPoll(int number, long timeoutMillis, Dispatcher dispatcher) throws IOException;
    }

    /** Finds nothing, ever. */
    static final Script NOTHING = (number, timeoutMillis, dispatcher) -> 0;

    final AtomicInteger polls = new AtomicInteger();
    final AtomicInteger wakeups = new AtomicInteger();
    final AtomicInteger rebuilds = new AtomicInteger();
    private final Script script;

    RecordingMultiplexer() {
        this(NOTHING);
    }

    RecordingMultiplexer(Script script) {
        this.script = script;
    }

    @Override
    public void register(SelectableChannel channel, int ops, ReadyHandler handler) {}

    @Override
    public void interest(SelectableChannel channel, int ops) {}

    @Override
    public void closeSoon(SelectableChannel channel) {}

    @Override
    public int poll(long timeoutMillis, Dispatcher dispatcher) throws IOException {
        return script.onPoll(polls.incrementAndGet(), timeoutMillis, dispatcher);
    }

    @Override
    public void wakeup() {
        wakeups.incrementAndGet();
    }

    @Override
    public void reap() {}

    @Override
    public void rebuild() {
        rebuilds.incrementAndGet();
    }

    @Override
    public void close() {}
}
