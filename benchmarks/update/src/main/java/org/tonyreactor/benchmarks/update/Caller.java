package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Connects, asks once, verifies the reply and goes. */
final class Caller extends LedgerPeer {
    /** Live peers are numbered from 0; callers, whose bytes must differ from theirs, far from them. */
    private static final long FIRST_NUMBER = 1L << 32;

    private final Calls calls;
    private final long startNanos;
    private boolean connected;

    private Caller(Calls calls, LoadLoop loop, Load load, SocketChannel channel, long number) {
        super(loop, load, channel, FIRST_NUMBER + number);
        this.calls = calls;
        startNanos = System.nanoTime();
    }

    /** Begins a call; null when not even that was possible, which has been counted. */
    static @Nullable Caller call(Calls calls, LoadLoop loop, Load load, String source, long number) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(new InetSocketAddress(source, 0));
            Caller caller = new Caller(calls, loop, load, channel, number);
            caller.connect();
            return caller;
        } catch (IOException e) {
            load.tally().note(load.tally().wrong, "the driver's own fault: " + e);
            calls.over();
            return null;
        }
    }

    long startNanos() {
        return startNanos;
    }

    void giveUp() {
        load.tally().note(load.tally().unanswered, "a caller, " + (connected ? "connected" : "not connected"));
        close();
        calls.over();
    }

    @Override
    public void ready(SelectionKey key) {
        if (connected) {
            read();
            return;
        }
        try {
            if (channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                connected();
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    @Override
    void replied(int version) {
        calls.answered(System.nanoTime() - startNanos);
        close();
        calls.over();
    }

    @Override
    void lost() {
        calls.over();
    }

    private void connect() {
        try {
            boolean now = channel.connect(load.server());
            channel.register(loop.selector(), now ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (now) {
                connected();
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    private void connected() {
        connected = true;
        load.tally().connected.increment();
        calls.connected(System.nanoTime() - startNanos);
        ask();
    }
}
