package org.tonyreactor.internal.engine.loop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.tonyreactor.internal.engine.wire.Multiplexer;

/** A multiplexer without channels: a script says what each poll does, and what the loop asks of it is counted. */
public final class RecordingMultiplexer implements Multiplexer {
    /** What a poll does. */
    interface Script {
        /**
         * Runs on the loop's thread; the number of the poll counts from 1. The dispatcher remembers who is ready until the
         * poll is over. Returns how many are.
         */
        int onPoll(int number, long timeoutMillis, Dispatcher dispatcher) throws IOException;
    }

    /** Finds nothing, ever. */
    static final Script NOTHING = (number, timeoutMillis, dispatcher) -> 0;

    final AtomicInteger polls = new AtomicInteger();
    final AtomicInteger wakeups = new AtomicInteger();
    final AtomicInteger rebuilds = new AtomicInteger();
    /** Whether the next poll has something to finish. The loop's thread. */
    boolean due;

    private final Script script;
    private final List<Consumer<Dispatcher>> ready = new ArrayList<>();

    public RecordingMultiplexer() {
        this(NOTHING);
    }

    public RecordingMultiplexer(Script script) {
        this.script = script;
    }

    @Override
    public int poll(long timeoutMillis) throws IOException {
        return script.onPoll(polls.incrementAndGet(), timeoutMillis, this::remember);
    }

    @Override
    public void dispatch(Dispatcher to) {
        ready.forEach(handler -> handler.accept(to));
        ready.clear();
    }

    private void remember(ReadyHandler handler, int readyOps) {
        ready.add(to -> to.dispatch(handler, readyOps));
    }

    @Override
    public void wakeup() {
        wakeups.incrementAndGet();
    }

    @Override
    public void probe(Dispatcher to) {}

    @Override
    public boolean isDue() {
        return due;
    }

    @Override
    public void readBufferBytes(int bytes) {}

    @Override
    public void rebuild() {
        rebuilds.incrementAndGet();
    }

    @Override
    public void close() {}
}
