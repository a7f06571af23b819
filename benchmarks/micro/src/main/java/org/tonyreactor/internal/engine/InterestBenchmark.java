package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it costs that a connection waits for something else: the difference between the two is one change. */
public class InterestBenchmark extends MicroBenchmark {
    private static final int CHANGES = 2;

    /** A silent connection in a real selector. */
    @State(Scope.Thread)
    public static class Silent {
        private final NioMultiplexer multiplexer = open();
        private SocketPair sockets;

        @Setup
        public void connect() throws IOException {
            sockets = SocketPair.open();
            multiplexer.register(sockets.server(), SelectionKey.OP_READ, readyOps -> {});
        }

        private static NioMultiplexer open() {
            try {
                return new NioMultiplexer();
            } catch (IOException e) {
                throw new IllegalStateException("no selector", e);
            }
        }

        int changeAndPoll(int ops) throws IOException {
            multiplexer.interest(sockets.server(), ops);
            return multiplexer.poll(0);
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            sockets.close();
            multiplexer.close();
        }
    }

    @Benchmark
    public int poll(Silent silent) throws IOException {
        return silent.multiplexer.poll(0);
    }

    @Benchmark
    @OperationsPerInvocation(CHANGES)
    public int changeAndPoll(Silent silent) throws IOException {
        return silent.changeAndPoll(0) + silent.changeAndPoll(SelectionKey.OP_READ);
    }
}
