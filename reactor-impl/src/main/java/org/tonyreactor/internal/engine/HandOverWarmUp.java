package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.Connection;
import org.tonyreactor.internal.engine.connection.DrainRequest;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.connection.Worker;
import org.tonyreactor.internal.engine.connection.WorkerProxy;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Clock;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * Hands connections over, again and again, for practice, so that the JVM has compiled this code before the first update
 * of a bundle. Without that the first hand-over takes twice the processor time, and every peer waits for it.
 *
 * <p>The connections are pairs of the engine's own network, on a worker and a loop that are used for nothing else.
 * Other wires than those that serve would spoil the compiler's knowledge of the hot paths. The protocols are of several
 * classes, and some connections are idle, because code that was compiled for less is compiled anew at the first real
 * update.
 *
 * <p>It runs once in the life of this class, on a thread that may block. This thread is the loop's owner meanwhile.
 */
final class HandOverWarmUp implements Runnable {
    /** The delay after the start, so that other things that start go first. */
    static final Duration DELAY = Duration.ofSeconds(1);
    /** How many hand-overs make the JVM compile all of it, with its optimising compiler, too. */
    static final int HAND_OVERS = 20_000;
    /** How long it takes at most, also on a slow machine. */
    static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final Log LOG = Log.named("org.tonyreactor.engine");
    private static final int CONNECTIONS = 16;
    private static final int READ_BUFFER_BYTES = 1_024;
    private static final AtomicBoolean DONE = new AtomicBoolean();

    private final Clock clock;
    private final Network network;
    private final ProtocolFactory[] factories = {
        peer -> new Session(), peer -> new SecondSession(), peer -> new ThirdSession()
    };
    private long loopNanos;
    private int updates;
    private int handedOver;

    HandOverWarmUp(Clock clock, Network network) {
        this.clock = clock;
        this.network = network;
        this.loopNanos = clock.nanoTime();
    }

    @Override
    public void run() {
        if (DONE.compareAndSet(false, true)) {
            warmUp();
        }
    }

    /** Returns how many connections were handed over. */
    int warmUp() {
        try {
            Multiplexer multiplexer = network.openMultiplexer(READ_BUFFER_BYTES);
            try {
                List<Network.Pair> pairs = network.openPairs(1 + CONNECTIONS);
                warmUp(new EventLoop("reactor-warm-up", clock, multiplexer), pairs);
                pairs.forEach(pair -> pair.second().closeSoon());
            } finally {
                multiplexer.close();
            }
        } catch (IOException e) { // Descriptors have run out: the warm-up must not take any.
            LOG.debug("no warm-up", e);
        }
        return handedOver;
    }

    private void warmUp(EventLoop loop, List<Network.Pair> pairs) throws IOException {
        WorkerProxy worker = new WorkerProxy(
                new Worker(0, loop, network, new RefusedPeers(), pairs.get(0).first()));
        FactoryBinding serving = binding(factories[0]);
        for (int i = 1; i < pairs.size(); i++) {
            adopt(worker, new Connection(i), pairs.get(i), serving);
        }
        turn(loop);
        long deadlineNanos = clock.nanoTime() + MAX_NANOS;
        while (handedOver < HAND_OVERS
                && clock.nanoTime() - deadlineNanos < 0
                && !Thread.currentThread().isInterrupted()) {
            serving = update(worker, serving);
        }
    }

    private static void adopt(WorkerProxy worker, Connection connection, Network.Pair pair, FactoryBinding binding) {
        connection.lease(1);
        connection.assign(pair.first());
        connection.assign(connection.index, binding, 0);
        worker.adopt(connection);
    }

    /**
     * Does what an update of a bundle does: all connections are suspended for a holder, and resumed for the next
     * factory.
     */
    private FactoryBinding update(WorkerProxy worker, FactoryBinding serving) {
        if (updates % 2 == 0) { // Most connections are idle when an update comes, and some are active.
            loopNanos += TimeUnit.MILLISECONDS.toNanos(2 * Connection.ACTIVE_MILLIS);
        }
        FactoryBinding holder = binding(null);
        FactoryBinding next = binding(factories[updates++ % factories.length]);
        long timeoutNanos =
                TimeUnit.MILLISECONDS.toNanos(serving.settings().limits().drainTimeoutMillis());
        worker.drain(new DrainRequest(serving, holder, Kind.SERVICE_GONE, timeoutNanos, true), () -> {});
        turn(worker.loop());
        CompletableFuture<Integer> unused = worker.handOver(holder, next);
        turn(worker.loop());
        handedOver += (int) next.resumedConnections();
        return next;
    }

    private static FactoryBinding binding(@Nullable ProtocolFactory factory) {
        return new FactoryBinding(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, factory, 1);
    }

    /** Turns until there is nothing left to do. Ends: at the end of a turn some of a bounded number are done. */
    private void turn(EventLoop loop) {
        do {
            loop.runOnce(loopNanos);
        } while (loop.isDue());
    }

    /** A protocol with a little state. */
    private static class Session extends Protocol implements Resumable {
        private int count;

        @Override
        public void dataReceived(ByteBuffer data) {
            write(data);
        }

        @Override
        public ByteBuffer suspend() {
            return ByteBuffer.allocate(Integer.BYTES).putInt(0, count);
        }

        @Override
        public void resume(ByteBuffer state) {
            count = state.getInt() + 1;
        }
    }

    private static final class SecondSession extends Session {
        @Override
        public ByteBuffer suspend() {
            return super.suspend();
        }

        @Override
        public void resume(ByteBuffer state) {
            super.resume(state);
        }
    }

    private static final class ThirdSession extends Session {
        @Override
        public ByteBuffer suspend() {
            return super.suspend();
        }

        @Override
        public void resume(ByteBuffer state) {
            super.resume(state);
        }
    }
}
