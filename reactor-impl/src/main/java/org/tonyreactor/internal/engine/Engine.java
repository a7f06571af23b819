package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.accept.Acceptor;
import org.tonyreactor.internal.engine.accept.AcceptorProxy;
import org.tonyreactor.internal.engine.accept.ConnectionPool;
import org.tonyreactor.internal.engine.accept.OperatorProxy;
import org.tonyreactor.internal.engine.binding.BindFailure;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.ConnectAttempt;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.connection.Worker;
import org.tonyreactor.internal.engine.connection.WorkerGroup;
import org.tonyreactor.internal.engine.connection.WorkerProxy;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Clock;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.loop.HostNames;
import org.tonyreactor.internal.engine.loop.OffLoop;
import org.tonyreactor.internal.engine.loop.Supervisor;
import org.tonyreactor.internal.engine.loop.Watchdog;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.Group;
import org.tonyreactor.reactor.GroupSettings;

/**
 * Puts the engine together, starts and stops it, and is the entry for all code outside: any thread may call. Methods that
 * wait do so for a bounded time. On a thread of the engine itself they do not wait, because this thread would have to do
 * the work.
 */
public final class Engine implements AutoCloseable {
    /** The name of the acceptor's loop and thread. */
    public static final String ACCEPTOR = "reactor-acceptor";

    /** How many tokens of ended connections the acceptor reads at once. */
    private static final int TOKEN_BUFFER_BYTES = 4_096 * Long.BYTES;

    private static final Log LOG = Log.named("org.tonyreactor.engine");

    private final Clock clock;
    private final Network network;
    private final EngineMemory memory;
    private final long startedNanos;
    private final EventLoop acceptorLoop;
    private final List<EventLoop> workerLoops = new ArrayList<>();
    private final WorkerGroup workers;
    private final Acceptor acceptor;
    private final AcceptorProxy acceptorProxy;
    private final EngineControl control;
    private final RefusedPeers refusedPeers;
    private final Watchdog watchdog;
    private final BoundedWait waits;
    private final EngineStop stop;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private final AtomicInteger nextWorker = new AtomicInteger();
    private final AtomicBoolean changeAnnounced = new AtomicBoolean();
    /** Of a stepped engine: the code that steps it also does the work that may block. */
    private OffLoop offLoop = OffLoop.inline();

    private HostNames names = HostNames.ofSystem(offLoop);

    private volatile EngineSettings settings;

    private volatile Runnable changeListener = () -> {};
    private volatile Runnable fatalListener = () -> {};

    private Engine(EngineSettings settings, Clock clock, Network network) throws IOException {
        EngineClasses.initialise();
        this.settings = settings;
        this.clock = clock;
        this.network = network;
        this.memory = new EngineMemory(settings, TOKEN_BUFFER_BYTES, network.writeBufferBytes());
        this.startedNanos = clock.nanoTime();
        this.waits = new BoundedWait(clock, this::mustNotWait);
        List<Network.Pair> loopbacks = network.openPairs(settings.workerCount());
        acceptorLoop = new EventLoop(ACCEPTOR, clock, network.openMultiplexer(TOKEN_BUFFER_BYTES), memory.budget());
        RefusedPeers refused = new RefusedPeers();
        refusedPeers = refused;
        List<WorkerProxy> proxies = new ArrayList<>();
        for (int i = 0; i < loopbacks.size(); i++) {
            EventLoop loop = new EventLoop(
                    "reactor-worker-" + i, clock, network.openMultiplexer(settings.readBufferBytes()), memory.budget());
            workerLoops.add(loop);
            proxies.add(new WorkerProxy(
                    new Worker(i, loop, network, refused, loopbacks.get(i).first())));
        }
        workers = new WorkerGroup(proxies);
        acceptor = new Acceptor(acceptorLoop, network, workers, refused, settings);
        acceptor.onChange(this::announceChange);
        acceptorProxy = acceptor.self();
        control = new EngineControl(this, new OperatorProxy(acceptor), workers);
        acceptor.receiveTokens(loopbacks.stream().map(Network.Pair::second).toList());
        List<EventLoop> loops = new ArrayList<>(List.of(acceptorLoop));
        loops.addAll(workerLoops);
        stop = new EngineStop(acceptorProxy, workers, loops, waits);
        watchdog = new Watchdog(acceptorLoop, workerLoops, settings.watchdogWarnMillis());
        Log.sumUp(); // What came before this engine is no part of its first sum.
        acceptorLoop.every(() -> FailureReport.SUM_MILLIS, Log::sumUp);
        supervise();
    }

    /** The acceptor looks after the workers, and the first worker after the acceptor. */
    private void supervise() {
        Supervisor supervisor = new Supervisor(clock, this::giveUp);
        for (int i = 0; i < workerLoops.size(); i++) {
            int worker = i;
            supervisor.watch(acceptorLoop, workerLoops.get(i), () -> acceptor.onWorkerDeath(worker));
        }
        supervisor.watch(workerLoops.get(0), acceptorLoop, () -> acceptorLoop.restart(acceptor::onThreadLost));
    }

    /** Too many threads have died: every loop ends, and with it its connections and listeners. Waits for nothing. */
    private void giveUp() {
        if (stopped.compareAndSet(false, true)) {
            workerLoops.forEach(EventLoop::stop);
            acceptorLoop.stop();
            waits.end(true);
            fatalListener.run();
            offLoop.close();
            stop.endLog(false);
        }
    }

    /**
     * Sets a listener for the case that the engine stops by itself, because its threads died again and again. It runs on a
     * thread of the engine that is about to end, so it must not wait for the engine.
     */
    public void onFatal(Runnable listener) {
        fatalListener = listener;
    }

    /**
     * Starts an engine with threads of its own.
     *
     * @throws IOException when the loopback channel or a selector cannot be opened
     */
    public static Engine start(EngineSettings settings) throws IOException {
        return start(settings, new NioNetwork());
    }

    public static Engine start(EngineSettings settings, Network network) throws IOException {
        return start(settings, Clock.SYSTEM, network);
    }

    /** The same with a clock that a test may break. */
    static Engine start(EngineSettings settings, Clock clock, Network network) throws IOException {
        Engine engine = new Engine(settings, clock, network);
        OffLoop threads = OffLoop.threaded();
        return start(engine, threads, HostNames.ofSystem(threads));
    }

    /** The same with other host names. */
    static Engine startWith(EngineSettings settings, OffLoop offLoop, HostNames.Lookup lookup) throws IOException {
        Engine engine = new Engine(settings, Clock.SYSTEM, new NioNetwork());
        return start(engine, offLoop, new HostNames(offLoop, lookup));
    }

    private static Engine start(Engine engine, OffLoop offLoop, HostNames names) {
        engine.offLoop = offLoop;
        engine.lookUpWith(names);
        engine.stop.beginLog();
        engine.acceptorLoop.start();
        engine.workerLoops.forEach(EventLoop::start);
        LOG.info("started with {} worker(s)", engine.workers.size());
        return engine;
    }

    /** Sets the look-up for names of hosts. Before the loops start or are stepped. */
    void lookUpWith(HostNames hostNames) {
        names = hostNames;
        acceptor.lookUpWith(hostNames);
    }

    HostNames names() {
        return names;
    }

    /** Lets the JVM compile the hand-over soon, so that the first update of a bundle is as fast as later ones. */
    public void warmUp() {
        Runnable warmUp = new HandOverWarmUp(clock, network);
        newReactor().callLater(HandOverWarmUp.DELAY, () -> offLoop.run(warmUp));
    }

    /** An engine without threads, for tests that step its loops with a clock of their own. */
    public static Engine stepped(EngineSettings settings, Clock clock, Network network) throws IOException {
        return new Engine(settings, clock, network);
    }

    /**
     * An engine without threads. The calling thread steps it, also when it waits for it. Between two turns that thread
     * does not own the loops, so its calls are treated as those of another thread.
     *
     * @param whileWaiting does a {@link #step}, and lets time pass when there was nothing to do
     */
    public static Engine stepped(EngineSettings settings, Clock clock, Network network, Runnable whileWaiting)
            throws IOException {
        Engine engine = new Engine(settings, clock, network);
        engine.waits.driveBy(whileWaiting);
        return engine;
    }

    /** One turn of each loop on the calling thread. Stepped engines only. Returns how much there was to do, or still is. */
    public int step() {
        return step(loop -> true);
    }

    /** The same for some of the loops. The others stand, as if a callback did not return. */
    int step(Predicate<EventLoop> moves) {
        Stream<EventLoop> moving =
                Stream.concat(Stream.of(acceptorLoop), workerLoops.stream()).filter(moves);
        return moving.mapToInt(this::turn).sum();
    }

    private int turn(EventLoop loop) {
        int work = loop.runOnce(clock.nanoTime());
        if (waits.areDriven()) {
            loop.leave();
        }
        return loop.isDue() ? work + 1 : work;
    }

    /** Sets a listener that is told, on a worker thread, that {@link #bindings} have changed. */
    public void onChange(Runnable listener) {
        changeListener = listener;
    }

    /** The settings of this moment. */
    public EngineSettings settings() {
        return settings;
    }

    /** Applies settings; another number of workers waits for the next start. */
    public void update(EngineSettings changed) {
        if (changed.workerCount() != workers.size()) {
            LOG.warn(
                    "workers = {} takes effect when the engine is started again; it runs with {}",
                    changed.workerCount(),
                    workers.size());
        }
        settings = changed;
        memory.limit(changed);
        watchdog.setWarnMillis(changed.watchdogWarnMillis());
        acceptorProxy.settings(changed);
        workers.readBufferBytes(changed.readBufferBytes());
    }

    /**
     * Serves an address with a factory. When this returns, the address is bound or has failed, as {@link #bindings}
     * tell.
     */
    public FactoryBinding bind(EndpointSettings endpoint, Rank rank, ProtocolFactory factory) {
        FactoryBinding binding = new FactoryBinding(endpoint, rank, factory, workers.size());
        waits.await(acceptorProxy.bind(binding), "binding " + binding);
        return binding;
    }

    /**
     * Gives a binding the suspended connections and waiting peers that a service has left at other addresses. If the binding
     * is bound, this is done when the method returns, and the old ports are free. Otherwise it is done as soon as the binding
     * is bound, unless the hold times out before.
     *
     * @param leftBy the service that has left the addresses: that of the binding, or the one that it replaces
     */
    public void moveHeld(long leftBy, FactoryBinding to) {
        waits.await(acceptorProxy.moveHeld(leftBy, to), "moving what is held to " + to);
    }

    /** Applies other settings to a binding and its connections; the address stays the same. */
    public void update(FactoryBinding binding, EndpointSettings changed) {
        binding.update(changed);
        workers.update(binding);
        waits.await(acceptorProxy.update(binding), "updating " + binding);
    }

    /** Ranks a binding anew against others of its address; the listener and all connections stay. */
    public void rerank(FactoryBinding binding, Rank rank) {
        waits.await(acceptorProxy.rerank(binding, rank), "ranking " + binding);
    }

    /** Takes a binding off its address; its connections live on. */
    public void unbind(FactoryBinding binding) {
        waits.await(acceptorProxy.unbind(binding), "unbinding " + binding);
    }

    /**
     * Takes a binding off its address and ends its connections: they drain for its {@code drainTimeoutMillis}.
     *
     * @return true when nothing of the factory runs or is referenced any more; false when a callback does not return
     */
    public boolean close(FactoryBinding binding) {
        return close(List.of(binding));
    }

    /**
     * Takes bindings of one factory off their addresses and ends their connections, all at the same time.
     *
     * @return true when nothing of the factory runs or is referenced any more; false when a callback does not return
     */
    public boolean close(Collection<FactoryBinding> bindings) {
        return close(bindings, false);
    }

    /**
     * Takes bindings of a factory that goes off their addresses, all at the same time. Connections of {@code Resumable}
     * protocols are suspended for the next factory; the others end as with {@link #close}. An address that no other factory
     * serves is held for its {@code holdTimeoutMillis}.
     *
     * @return true when nothing of the factory runs or is referenced any more; false when a callback does not return
     */
    public boolean closeForSuccessor(Collection<FactoryBinding> bindings) {
        return close(bindings, true);
    }

    private boolean close(Collection<FactoryBinding> bindings, boolean mayHold) {
        List<CompletableFuture<?>> parts = new ArrayList<>();
        long longestMillis = 0;
        for (FactoryBinding binding : bindings) {
            long drainMillis = binding.settings().limits().drainTimeoutMillis();
            longestMillis = Math.max(longestMillis, drainMillis);
            parts.add(acceptorProxy.close(binding, mayHold, TimeUnit.MILLISECONDS.toNanos(drainMillis)));
        }
        String names = bindings.stream().map(FactoryBinding::name).collect(Collectors.joining(", "));
        boolean closed = waits.await(parts, longestMillis, "draining " + names);
        if (!closed && !inLoop()) {
            workerLoops.stream()
                    .filter(loop -> loop.presentTurn().sinceNanos() != 0)
                    .forEach(loop -> LOG.error(
                            "{} may be inside a callback of {}:{}", loop.name(), names, Watchdog.stackOf(loop)));
        }
        return closed;
    }

    /** How the bindings stand. Counters in them move on. */
    public List<BindingView> bindings() {
        return acceptor.views();
    }

    /** The engine's figures at this moment. */
    public EngineView view() {
        List<EngineView.WorkerView> views = new ArrayList<>();
        for (int i = 0; i < workerLoops.size(); i++) {
            views.add(EngineView.WorkerView.of(
                    workerLoops.get(i), acceptor.loads().load(i)));
        }
        ConnectionPool pool = acceptor.pool();
        return new EngineView(
                uptimeMillis(),
                pool.capacity(),
                pool.used(),
                pool.ignoredTokens(),
                acceptor.exhausted(),
                refusedPeers.resets(),
                memory.view(),
                acceptorLoop.restarts().get(),
                views);
    }

    /** Milliseconds since the start. */
    public long uptimeMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - startedNanos);
    }

    /** The commands of an operator. */
    public EngineControl control() {
        return control;
    }

    /** A reactor for one user. Closing it closes everything that the user has opened. */
    public EngineReactor newReactor() {
        WorkerProxy timersOn = workers.get(Math.floorMod(nextWorker.getAndIncrement(), workers.size()));
        return new EngineReactor(this, timersOn.loop());
    }

    /**
     * Says that {@link #close} comes next: whatever anybody waits for until then is over, together with the stop itself,
     * within {@code stop.timeout.millis} from now. Idempotent.
     */
    public void beginStop() {
        stop.begin(settings.stopTimeoutMillis());
    }

    /**
     * Stops accepting, drains every connection and ends the threads, all within {@code stop.timeout.millis}, also when a
     * callback never returns. On a thread of the engine it does not wait.
     */
    @Override
    public void close() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        if (inLoop()) {
            stop.runOnLoop(settings.stopTimeoutMillis(), offLoop);
        } else {
            stop.run(settings.stopTimeoutMillis(), offLoop);
        }
    }

    public boolean isStopped() {
        return stopped.get();
    }

    /** Whether the caller is a thread of this engine, which must not wait for it. */
    boolean inLoop() {
        return acceptorLoop.inLoop() || workerLoops.stream().anyMatch(EventLoop::inLoop);
    }

    /** Binds for code that is no service, and wants an exception. */
    InetSocketAddress listen(FactoryBinding binding) {
        CompletableFuture<InetSocketAddress> bound = acceptorProxy.bind(binding);
        waits.await(bound, "binding " + binding);
        for (BindingView view : bindings()) {
            if (view.binding() != binding) {
                continue;
            }
            BindFailure failure = view.failure();
            if (failure != null || view.state() == BindingView.State.SHADOWED) {
                close(binding);
                throw new UncheckedIOException(new BindException(
                        failure != null
                                ? failure.message()
                                : binding + " is served by another factory of this engine"));
            }
        }
        return bound.getNow(InetSocketAddress.createUnresolved("unknown", 0));
    }

    FactoryBinding newBinding(EndpointSettings endpoint, @Nullable ProtocolFactory factory) {
        return new FactoryBinding(endpoint, Rank.NO_SERVICE, factory, workers.size());
    }

    Group group(String name, GroupSettings how) {
        return new EngineGroup(name, how, workers);
    }

    BoundedWait waits() {
        return waits;
    }

    private boolean mustNotWait() {
        return inLoop() || (acceptorLoop.thread() == null && !waits.areDriven());
    }

    void connect(ConnectAttempt attempt, FactoryBinding binding) {
        acceptorProxy.connect(attempt, binding);
    }

    /** On the acceptor. The listener runs on a worker, once for any number of changes before it does. */
    private void announceChange() {
        if (changeAnnounced.compareAndSet(false, true)) {
            workers.get(0).run(() -> {
                changeAnnounced.set(false);
                changeListener.run();
            });
        }
    }
}
