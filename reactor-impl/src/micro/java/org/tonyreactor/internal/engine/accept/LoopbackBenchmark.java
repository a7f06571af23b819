package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tonyreactor.internal.engine.connection.LoopbackSender;
import org.tonyreactor.internal.engine.loop.Clock;
import org.tonyreactor.internal.engine.loop.Counter;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.MicroBenchmark;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;

/**
 * How a worker tells the acceptor that connections have ended: tokens through the loopback channel, as the engine does
 * it, or mails into the acceptor's queue and, when it sleeps, a wake-up of its selector (ADR 1). What it costs both, all
 * on one thread, so that nothing waits for another processor.
 */
public class LoopbackBenchmark extends MicroBenchmark {
    /** A loop that receives, and the other end of its channel. */
    @State(Scope.Thread)
    public static class Ends {
        /** Holds the tokens of the largest batch. */
        private static final int BUFFER_BYTES = 256 * Long.BYTES;

        @Param({"1", "16", "256"})
        int batch;

        private final Network network = new NioNetwork();
        private final Counter arrived = new Counter();
        private final Runnable mail = arrived::increment;
        private EventLoop loop;
        private Multiplexer senders;
        private LoopbackSender sender;
        private long expected;

        @Setup
        public void open() throws IOException {
            Network.Pair channel = network.openPairs(1).get(0);
            senders = network.openMultiplexer(BUFFER_BYTES);
            sender = new LoopbackSender(channel.first(), senders);
            loop = new EventLoop("receiver", Clock.SYSTEM, network.openMultiplexer(BUFFER_BYTES));
            new LoopbackReceiver(channel.second(), loop.multiplexer(), (index, generation) -> arrived.increment());
        }

        void send() {
            for (int i = 0; i < batch; i++) {
                sender.giveBack(i, 1);
            }
            sender.flush(true);
        }

        void offer() {
            for (int i = 0; i < batch; i++) {
                loop.offer(mail);
            }
        }

        void receive() {
            expected += batch;
            do {
                loop.runOnce(Clock.SYSTEM.nanoTime());
            } while (arrived.get() != expected);
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            loop.stop();
            senders.close();
            network.close();
        }
    }

    @Benchmark
    public void byLoopback(Ends ends) {
        ends.send();
        ends.receive();
    }

    @Benchmark
    public void byQueue(Ends ends) {
        ends.offer();
        ends.receive();
    }

    @Benchmark
    public void byQueueAndWakeup(Ends ends) {
        ends.offer();
        ends.loop.multiplexer().wakeup();
        ends.receive();
    }
}
