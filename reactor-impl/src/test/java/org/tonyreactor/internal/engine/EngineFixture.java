package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wires;
import org.tonyreactor.reactor.EndpointSettings;

/**
 * Engines, what they serve and who connects to them, for one test. Over sockets the engines have threads of their own;
 * over other wires the test steps them, by waiting. Afterwards all of it is closed; each protocol must have kept the
 * order of callbacks and have been told of its end once, and no thread may be left.
 */
final class EngineFixture implements BeforeEachCallback, AfterEachCallback {
    /** The bound of every wait. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** One worker, so that all connections share it; no watchdog. */
    static final EngineSettings ONE_WORKER = new EngineSettings(1, 64, 0, 65_536, 256, 0, 2_000);

    private final List<Engine> engines = new CopyOnWriteArrayList<>();
    private final List<ClientFixture> clients = new CopyOnWriteArrayList<>();
    private final List<ProtocolFixture> factories = new CopyOnWriteArrayList<>();
    private final Set<Thread> threads = new HashSet<>();
    private Wires wires = Wires.NIO;
    private Wires.@Nullable Sides sides;
    /** Null when engines have threads. */
    private @Nullable Stepper stepper;

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        wires = OverEveryWire.Each.wiresOf(test);
        if (!wires.runsThreads()) {
            stepper = new Stepper(sides().peers());
            Stepper.begin(stepper);
        }
    }

    /** Starts an engine; the first one is {@link #engine}. */
    Engine start(EngineSettings settings) throws IOException {
        if (stepper != null) {
            Engine stepped = stepper.start(settings, sides().ours());
            engines.add(stepped);
            return stepped;
        }
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Engine started = Engine.start(settings);
        engines.add(started);
        threads.addAll(Thread.getAllStackTraces().keySet());
        threads.removeAll(before);
        threads.removeIf(thread -> !thread.getName().startsWith("reactor-"));
        return started;
    }

    /** The first engine; one with one worker when none was started. */
    Engine engine() throws IOException {
        return engines.isEmpty() ? start(ONE_WORKER) : engines.get(0);
    }

    FactoryBinding serve(ProtocolFixture factory) throws IOException {
        return serve(EndpointSettings.DEFAULTS, factory);
    }

    FactoryBinding serve(EndpointSettings settings, ProtocolFixture factory) throws IOException {
        return serve(settings, Rank.NO_SERVICE, factory);
    }

    FactoryBinding serve(EndpointSettings settings, Rank rank, ProtocolFixture factory) throws IOException {
        checks(factory);
        return engine().bind(settings, rank, factory);
    }

    /** Has the protocols of a factory checked in the end. */
    ProtocolFixture checks(ProtocolFixture factory) {
        factories.add(factory);
        return factory;
    }

    ClientFixture connect(FactoryBinding binding) throws IOException {
        return connect(port(binding));
    }

    ClientFixture connect(int port) throws IOException {
        return keep(stepper == null ? ClientFixture.connect(port) : ClientFixture.connect(port, stepper));
    }

    /** Closes a client in the end. */
    ClientFixture keep(ClientFixture client) {
        clients.add(client);
        return client;
    }

    int port(FactoryBinding binding) throws IOException {
        return view(binding).port();
    }

    BindingView view(FactoryBinding binding) throws IOException {
        return engine().bindings().stream()
                .filter(view -> view.binding() == binding)
                .findFirst()
                .orElseThrow();
    }

    /** So many bytes over sockets, of which the kernel takes much that nobody reads; over other wires a tenth. */
    int fitting(int bytes) {
        return wires.runsThreads() ? bytes : bytes / 10;
    }

    /** What the wires of a test keep for writing, for each worker. */
    int writeBufferBytes() {
        return sides().ours().writeBufferBytes();
    }

    /** The thread of the first worker, by name. */
    String workerName() {
        return stepper == null ? "reactor-worker-0" : Thread.currentThread().getName();
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Another port that was free a moment ago: the system may give the same one twice. */
    static int freePortBeside(int other) throws IOException {
        int port = freePort();
        while (port == other) { // Ends: the system does not give the same one for ever.
            port = freePort();
        }
        return port;
    }

    /** Somebody else who listens on a port, or on any with 0. It throws when the port is taken. */
    Squatter squat(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new Squatter(sides().peers().listen(address, 1));
    }

    /** Who has a port. */
    record Squatter(ServerWire wire) implements Closeable {
        int port() throws IOException {
            return ((InetSocketAddress) wire.localAddress()).getPort();
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }

    private Wires.Sides sides() {
        Wires.Sides opened = sides;
        if (opened == null) {
            opened = wires.open();
            sides = opened;
        }
        return opened;
    }

    /** Waits for a latch, for as long as {@link #PATIENCE} allows. */
    static void await(CountDownLatch latch) throws InterruptedException {
        if (Stepper.current() == null) {
            assertTrue(latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), "nobody opened the latch");
        } else {
            eventually(() -> latch.getCount() == 0);
        }
    }

    /** Waits for an outcome, for as long as {@link #PATIENCE} allows. */
    static <T> T get(CompletableFuture<T> outcome) throws Exception {
        eventually(outcome::isDone);
        return outcome.get();
    }

    /** Waits for a condition, for as long as {@link #PATIENCE} allows. */
    static void eventually(Callable<Boolean> condition) {
        Stepper stepper = Stepper.current();
        if (stepper == null) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(condition);
        } else {
            stepper.until(condition);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (ClientFixture client : clients) {
            client.close();
        }
        engines.forEach(Engine::close);
        Stepper.end();
        if (sides != null) {
            sides.peers().close();
        }
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis()); // An engine that was stopped inside a callback ends a little later.
            assertFalse(thread.isAlive(), () -> thread + " is still alive at " + List.of(thread.getStackTrace()));
        }
        for (ProtocolFixture factory : factories) {
            for (ProtocolFixture.Recorded protocol : factory.all()) {
                assertEquals(List.of(), protocol.violations(), protocol::toString);
                assertEquals(1, protocol.timesLost(), protocol::toString);
            }
        }
    }
}
