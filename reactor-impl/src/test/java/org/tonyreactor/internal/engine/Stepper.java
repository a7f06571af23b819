package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * Engines without threads, which the test's thread steps by waiting: a turn of each loop, and a millisecond passes when
 * there was nothing to do. Peers are on the same thread.
 */
final class Stepper {
    private static final int READ_BUFFER_BYTES = 1 << 16;
    /** Of the test that runs on a thread. */
    private static final ThreadLocal<@Nullable Stepper> CURRENT = new ThreadLocal<>();

    private final ManualClock clock = new ManualClock(1_000_000_000);
    private final List<Engine> engines = new ArrayList<>();
    private final Network peers;
    private final Multiplexer peersLoop;
    private final Set<String> standing = new HashSet<>();
    private boolean turning;

    Stepper(Network peers) throws IOException {
        this.peers = peers;
        this.peersLoop = peers.openMultiplexer(READ_BUFFER_BYTES);
    }

    /** From here on who waits on this thread steps. */
    static void begin(Stepper stepper) {
        CURRENT.set(stepper);
    }

    static void end() {
        CURRENT.remove();
    }

    /** Whom to step when the calling thread waits; null when waiting is enough. */
    static @Nullable Stepper current() {
        return CURRENT.get();
    }

    Engine start(EngineSettings settings, Network network) throws IOException {
        Engine started = Engine.stepped(settings, clock, network, this::turn);
        engines.add(started);
        return started;
    }

    /** A loop takes no turn any more, as if a callback on it did not return. */
    void stand(String loop) {
        standing.add(loop);
    }

    /** Time passes inside a callback: no loop takes a turn. */
    void passInCallback(long millis) {
        clock.advanceMillis(millis);
    }

    /** All loops take turns again. */
    void goOn() {
        standing.clear();
    }

    /** Connects a peer, which is at least in the backlog then. */
    Wire connect(int port) throws IOException {
        Wire wire = peers.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        wire.interest(Wire.CONNECT);
        wire.attach(peersLoop, ops -> {});
        turnPeers();
        try {
            while (!wire.finishConnect()) { // Ends: a turn is bounded, and a listener accepts or closes.
                turn();
            }
        } catch (ConnectException e) {
            wire.closeSoon();
            throw e;
        }
        wire.interest(0);
        return wire;
    }

    /** What peers have asked for is done: as quick as a system call. */
    void turnPeers() throws IOException {
        peersLoop.poll(0);
        peersLoop.dispatch(Multiplexer.ReadyHandler::onReady);
    }

    /** One turn of everything. */
    void turn() {
        if (turning) {
            throw new AssertionError("a callback waits for what only another turn can bring");
        }
        turning = true;
        try {
            turnPeers();
            int work = 0;
            for (Engine engine : engines) {
                work += engine.step(loop -> !standing.contains(loop.name()));
            }
            if (work == 0) {
                clock.advanceMillis(1);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            turning = false;
        }
    }

    /** Steps until so much time has passed. */
    void pass(long millis) {
        long endNanos = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (clock.nanoTime() - endNanos < 0) { // Ends: time passes in each turn that has nothing to do.
            turn();
        }
    }

    /** Steps until something has come about, for as long as {@link EngineFixture#PATIENCE} allows. */
    void until(Callable<Boolean> condition) {
        try {
            Bounded.until("what the test waits for", () -> holds(condition), this::turn);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean holds(Callable<Boolean> condition) throws IOException {
        try {
            return condition.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
