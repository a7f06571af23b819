package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How a worker tells the acceptor that connections have ended: tokens through the loopback channel, as the engine does
 * it, or mails into the acceptor's queue and, when it sleeps, a wake-up of its selector (ADR 1).
 *
 * <p>{@code tell…}: what it costs the worker; the acceptor's loop is on a thread of its own, asleep or busy.
 * {@code whole…}: what it costs both, all on one thread, so that nothing waits for another processor. {@code trip…}:
 * there and back between two loops that both sleep in between.
 */
public class LoopbackBenchmark extends MicroBenchmark {
    private static final int TRIPS = 1_000;

    /** Two loops' worth of channels and one loop that receives. */
    private static final class Ends {
        private final EventLoop loop;
        private final LoopbackSender sender;
        private final NioMultiplexer senders = new NioMultiplexer();

        Ends(LoopbackReceiver.TokenHandler handler) throws IOException {
            Loopback channel = Loopback.open(1, address -> {}).get(0);
            NioMultiplexer receivers = new NioMultiplexer();
            loop = new EventLoop("receiver", Clock.SYSTEM, receivers);
            sender = new LoopbackSender(channel.workerEnd(), senders);
            new LoopbackReceiver(channel.acceptorEnd(), receivers, handler);
        }

        void close() throws IOException {
            loop.stop();
            senders.close();
        }
    }

    /** The acceptor on a thread of its own. Each telling begins when all before it has arrived. */
    @State(Scope.Thread)
    public static class Acceptor {
        /** Longer than it takes a loop to fall asleep again, on a machine that has nothing else to do. */
        private static final long DOZE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

        @Param({"asleep", "busy"})
        String acceptor;

        @Param({"1", "16"})
        int batch;

        private final Counter arrived = new Counter();
        private final Runnable mail = arrived::increment;
        private Ends ends;
        private long told;

        @Setup
        public void open() throws IOException {
            ends = new Ends((index, generation) -> arrived.increment());
            if (acceptor.equals("busy")) {
                ends.loop.onTurnEnd(ends.loop::requestTurn);
            }
            ends.loop.start();
        }

        @Setup(Level.Invocation)
        public void settle() {
            while (arrived.get() != told) {
                Thread.onSpinWait();
            }
            told += batch;
            if (acceptor.equals("asleep")) {
                long begin = System.nanoTime();
                while (System.nanoTime() - begin < DOZE_NANOS) {
                    Thread.onSpinWait();
                }
            }
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            ends.close();
        }
    }

    @Benchmark
    public void tellByLoopback(Acceptor acceptor) {
        sendTokens(acceptor.ends, acceptor.batch);
    }

    @Benchmark
    public void tellByQueue(Acceptor acceptor) {
        for (int i = 0; i < acceptor.batch; i++) {
            acceptor.ends.loop.offer(acceptor.mail);
        }
        acceptor.ends.loop.wake();
    }

    /** Both ends on the calling thread. */
    @State(Scope.Thread)
    public static class OneThread {
        @Param({"1", "16", "256"})
        int batch;

        private final Counter arrived = new Counter();
        private final Runnable mail = arrived::increment;
        private Ends ends;
        private long expected;

        @Setup
        public void open() throws IOException {
            ends = new Ends((index, generation) -> arrived.increment());
        }

        private void receive() {
            expected += batch;
            do {
                ends.loop.runOnce(System.nanoTime());
            } while (arrived.get() != expected);
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            ends.close();
        }
    }

    @Benchmark
    public void wholeByLoopback(OneThread both) {
        sendTokens(both.ends, both.batch);
        both.receive();
    }

    @Benchmark
    public void wholeByQueue(OneThread both) {
        offer(both);
        both.receive();
    }

    @Benchmark
    public void wholeByQueueAndWakeup(OneThread both) {
        offer(both);
        both.ends.loop.multiplexer().wakeup();
        both.receive();
    }

    private static void offer(OneThread both) {
        for (int i = 0; i < both.batch; i++) {
            both.ends.loop.offer(both.mail);
        }
    }

    private static void sendTokens(Ends ends, int batch) {
        for (int i = 0; i < batch; i++) {
            ends.sender.giveBack(i, 1);
        }
        ends.sender.flush(true);
    }

    /** Two loops on threads of their own that answer each other. */
    @State(Scope.Thread)
    public static class Trip {
        private final Semaphore done = new Semaphore(0);
        private final Runnable toHere = this::onHere;
        private final Runnable toThere = this::onThere;
        private EventLoop here;
        private EventLoop there;
        private LoopbackSender hereSender;
        private LoopbackSender thereSender;
        private boolean byQueue;
        private int left;

        @Setup
        public void open() throws IOException {
            NioMultiplexer hereChannels = new NioMultiplexer();
            NioMultiplexer thereChannels = new NioMultiplexer();
            here = new EventLoop("here", Clock.SYSTEM, hereChannels);
            there = new EventLoop("there", Clock.SYSTEM, thereChannels);
            List<Loopback> channels = Loopback.open(2, address -> {});
            hereSender = new LoopbackSender(channels.get(0).workerEnd(), hereChannels);
            thereSender = new LoopbackSender(channels.get(1).workerEnd(), thereChannels);
            new LoopbackReceiver(channels.get(0).acceptorEnd(), thereChannels, (index, generation) -> onThere());
            new LoopbackReceiver(channels.get(1).acceptorEnd(), hereChannels, (index, generation) -> onHere());
            here.onTurnEnd(() -> hereSender.flush(true));
            there.onTurnEnd(() -> thereSender.flush(true));
            here.start();
            there.start();
        }

        void run(boolean queue) {
            byQueue = queue;
            left = TRIPS + 1;
            here.post(toHere);
            done.acquireUninterruptibly();
        }

        private void onHere() {
            if (--left == 0) {
                done.release();
            } else if (byQueue) {
                there.post(toThere);
            } else {
                hereSender.giveBack(0, 1);
            }
        }

        private void onThere() {
            if (byQueue) {
                here.post(toHere);
            } else {
                thereSender.giveBack(0, 1);
            }
        }

        @TearDown(Level.Trial)
        public void close() {
            here.stop();
            there.stop();
        }
    }

    @Benchmark
    @OperationsPerInvocation(TRIPS)
    public void tripByLoopback(Trip trip) {
        trip.run(false);
    }

    @Benchmark
    @OperationsPerInvocation(TRIPS)
    public void tripByQueue(Trip trip) {
        trip.run(true);
    }
}
