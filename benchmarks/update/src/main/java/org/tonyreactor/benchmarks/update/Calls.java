package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.tonyreactor.benchmarks.harness.LoadLoop;

/** Makes so many new connections a second. Its loop's thread only, but for the switch and the count. */
final class Calls implements AutoCloseable {
    private static final long SLOW_CONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int CALLS_PER_TURN = 64;

    /** Many addresses, for each has so many ports only, and a port stays taken for a minute after its connection. */
    private static final int SOURCES = 250;

    /** Live peers are numbered from 0; callers, whose bytes must differ from theirs, far from them. */
    private static final long FIRST_NUMBER = 1L << 32;

    final Histogram connectNanos = new Histogram(3);
    final Histogram answerNanos = new Histogram(3);
    private final Load load;
    private final int perSecond;
    private final LoadLoop loop;
    private final AtomicInteger open = new AtomicInteger();
    private boolean on;
    private boolean scheduled;
    private long firstNanos;
    private long sinceFirst;
    private long made;

    Calls(Load load, int perSecond) throws IOException {
        this.load = load;
        this.perSecond = perSecond;
        loop = new LoadLoop(System::nanoTime).start("callers", load::ownFault);
    }

    /** Begins or ends to call. Any thread. */
    void turn(boolean nowOn) {
        loop.post(() -> {
            on = nowOn && perSecond > 0;
            firstNanos = loop.nowNanos();
            sinceFirst = 0;
            callWhatIsDue();
        });
    }

    /** How many calls are not over. Any thread. */
    int open() {
        return open.get();
    }

    @Override
    public void close() throws IOException {
        loop.close();
    }

    private void callWhatIsDue() {
        long now = loop.nowNanos();
        for (int i = 0; on && i < CALLS_PER_TURN && dueNanos() <= now; i++) {
            sinceFirst++;
            call();
        }
        if (on && !scheduled) {
            scheduled = true;
            loop.at(dueNanos(), () -> {
                scheduled = false;
                callWhatIsDue();
            });
        }
    }

    private long dueNanos() {
        return firstNanos + TimeUnit.SECONDS.toNanos(sinceFirst) / perSecond;
    }

    private void call() {
        made++;
        open.incrementAndGet();
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(new InetSocketAddress("127.0.2." + (1 + made % SOURCES), 0));
            Caller caller = new Caller(channel, FIRST_NUMBER + made);
            loop.at(caller.startNanos + BOUND_NANOS, caller::expire);
            caller.connect();
        } catch (IOException e) {
            load.ownFault(e);
            open.decrementAndGet();
        }
    }

    /** Connects, asks once, verifies the reply and goes. */
    private final class Caller extends LedgerPeer {
        private final long startNanos = System.nanoTime();
        private boolean connected;

        Caller(SocketChannel channel, long number) {
            super(Calls.this.loop, Calls.this.load, channel, number);
        }

        void connect() {
            try {
                boolean now = channel.connect(load.server);
                channel.register(loop.selector(), now ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
                if (now) {
                    connected();
                }
            } catch (IOException e) {
                broken(e);
            }
        }

        void expire() {
            if (!isOver()) {
                load.note(load.unanswered, "a caller, " + (connected ? "connected" : "not connected"));
                close();
                open.decrementAndGet();
            }
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
            answerNanos.recordValue(System.nanoTime() - startNanos);
            close();
            open.decrementAndGet();
        }

        @Override
        void lost() {
            open.decrementAndGet();
        }

        private void connected() {
            connected = true;
            load.connected.increment();
            long nanos = System.nanoTime() - startNanos;
            connectNanos.recordValue(nanos);
            if (nanos > SLOW_CONNECT_NANOS) {
                load.note(load.slowConnects, "a connect took " + nanos / 1_000_000 + " ms");
            }
            ask();
        }
    }
}
