package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.ConnectAttempt;
import org.tonyreactor.internal.engine.connection.Connection;
import org.tonyreactor.internal.engine.connection.DrainRequest;
import org.tonyreactor.internal.engine.connection.WorkerProxy;
import org.tonyreactor.internal.engine.loop.Countdown;
import org.tonyreactor.internal.engine.loop.Counter;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.loop.OffLoop;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * Binds, accepts, assigns and recycles. It alone has the pool, the loads and the endpoints. Everything here belongs to
 * the acceptor's thread; others go through {@link AcceptorProxy}.
 */
public final class Acceptor {
    /** How long accepting rests when descriptors have run out, at first; it doubles up to the most. */
    static final long MIN_PAUSE_MILLIS = 20;

    static final long MAX_PAUSE_MILLIS = 1_000;
    /** How often the pool is looked at for slots to drop. */
    static final long SHRINK_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.acceptor");

    private final EventLoop loop;
    private final AcceptorProxy self;
    private final List<WorkerProxy> workers;
    private final LeastLoaded loads;
    private final ConnectionPool pool;
    private final ReserveDescriptor reserve = new ReserveDescriptor();
    private final List<BoundAddress> endpoints = new ArrayList<>();
    private final Set<FactoryBinding> draining = new LinkedHashSet<>();
    private final Counter exhausted = new Counter();
    private final boolean[] hasMail;
    private final AcceptPace pace = new AcceptPace();
    private List<LoopbackReceiver> receivers = List.of();
    private HostNames names = new HostNames(OffLoop.inline(), InetAddress::getByName);
    private Runnable changeListener = () -> {};
    private volatile List<BindingView> views = List.of();
    private int acceptsPerTurn;
    private boolean stopped;
    private long nextId = 1;
    private long pauseMillis = MIN_PAUSE_MILLIS;

    public Acceptor(EventLoop loop, List<WorkerProxy> workers, EngineSettings settings) {
        this.loop = loop;
        this.self = new AcceptorProxy(this);
        this.workers = workers;
        this.loads = new LeastLoaded(loop, workers.size());
        this.pool = new ConnectionPool(loop, settings.poolInitialConnections(), settings.poolMaxConnections());
        this.acceptsPerTurn = settings.acceptsPerTurn();
        this.hasMail = new boolean[workers.size()];
        loop.onTurnEnd(this::onTurnEnd);
        loop.onLoopEnd(this::onLoopEnd);
        loop.every(() -> SHRINK_MILLIS, pool::shrink);
    }

    EventLoop loop() {
        return loop;
    }

    /** The way here from another thread. */
    AcceptorProxy self() {
        return self;
    }

    /** Sets who looks up names of hosts. Before the loop starts. */
    public void lookUpWith(HostNames hostNames) {
        names = hostNames;
    }

    HostNames names() {
        return names;
    }

    int acceptsPerTurn() {
        return acceptsPerTurn;
    }

    /** Any thread. */
    public ConnectionPool pool() {
        return pool;
    }

    /** Any thread. */
    public LeastLoaded loads() {
        return loads;
    }

    /** Any thread. */
    public long exhausted() {
        return exhausted.get();
    }

    /** What was last published. Any thread. */
    public List<BindingView> views() {
        return views;
    }

    /** Sets who is told that {@link #views} have changed; told on the acceptor. Before the loop starts. */
    public void onChange(Runnable listener) {
        changeListener = listener;
    }

    void onSettings(EngineSettings settings) {
        loop.assertOwner();
        acceptsPerTurn = settings.acceptsPerTurn();
        pool.setMaxSize(settings.poolMaxConnections());
    }

    /** Serves a binding's address, and tells it with the real port; unresolved when it could not be bound. */
    void onBind(FactoryBinding binding, Consumer<InetSocketAddress> bound) {
        loop.assertOwner();
        EndpointSettings settings = binding.settings();
        if (stopped) {
            bound.accept(InetSocketAddress.createUnresolved(settings.host(), settings.port()));
            return;
        }
        binding.failures.onFailure(() -> self.failure(binding));
        BoundAddress endpoint = null;
        for (BoundAddress each : endpoints) {
            if (each.serves(settings)) {
                endpoint = each;
            }
        }
        if (endpoint == null) {
            endpoint = new BoundAddress(this, settings.host(), settings.port());
            endpoints.add(endpoint);
        }
        endpoint.add(binding);
        publish();
        BoundAddress serving = endpoint;
        endpoint.whenLookedUp(() -> bound.accept(serving.address()));
    }

    /** A binding stands differently against others of its address; the listener and the connections stay. */
    void onRerank(FactoryBinding binding, Rank rank) {
        loop.assertOwner();
        binding.rerank(rank);
        onUpdate(binding);
    }

    /** A binding has other settings, which may say that it takes more, or other's, connections. */
    void onUpdate(FactoryBinding binding) {
        loop.assertOwner();
        endpointsOf(binding).forEach(BoundAddress::reconsider);
        publish();
    }

    /** Takes a binding off its address: no new connections. Those it has go on until they are drained. */
    void onUnbind(FactoryBinding binding) {
        loop.assertOwner();
        endpointsOf(binding).forEach(endpoint -> takeOff(binding, endpoint, false));
        publish();
    }

    private @Nullable FactoryBinding takeOff(FactoryBinding binding, BoundAddress endpoint, boolean mayHold) {
        FactoryBinding successor = endpoint.remove(binding, mayHold);
        draining.add(binding);
        removeIfEmpty(endpoint);
        return successor;
    }

    void removeIfEmpty(BoundAddress endpoint) {
        loop.assertOwner();
        if (endpoint.isEmpty()) {
            endpoints.remove(endpoint);
        }
    }

    /** Endpoints of a binding: one, or none once it has been unbound. */
    private List<BoundAddress> endpointsOf(FactoryBinding binding) {
        return endpoints.stream().filter(each -> each.has(binding)).toList();
    }

    /**
     * Unbinds, and hands over or ends the connections on every worker; closed is told here, once the slowest is done.
     *
     * @param mayHold whether the address waits for the next factory
     */
    void onClose(FactoryBinding binding, boolean mayHold, long timeoutNanos, Runnable closed) {
        loop.assertOwner();
        FactoryBinding successor = null;
        for (BoundAddress endpoint : endpointsOf(binding)) {
            successor = takeOff(binding, endpoint, mayHold);
        }
        publish();
        Countdown all = new Countdown(workers.size(), () -> {
            try {
                onDrained(binding);
            } finally {
                closed.run(); // Somebody waits for it.
            }
        });
        Runnable workerDone = () -> self.countDown(all);
        DrainRequest order = new DrainRequest(binding, successor, Kind.SERVICE_GONE, timeoutNanos, true);
        workers.forEach(worker -> worker.drain(order, workerDone));
    }

    void onFailure(FactoryBinding binding) {
        loop.assertOwner();
        endpointsOf(binding).forEach(endpoint -> endpoint.onFailure(binding));
        publish();
    }

    /** Hands connections over, as far as they can be; how many, by each worker. */
    List<CompletableFuture<Integer>> handOver(FactoryBinding from, FactoryBinding to) {
        loop.assertOwner();
        return workers.stream().map(worker -> worker.handOver(from, to)).toList();
    }

    /** Ends the connections that wait in a holder that no factory will come to. */
    void expire(FactoryBinding holder) {
        loop.assertOwner();
        workers.forEach(worker -> worker.expire(holder));
    }

    /** A binding without a factory, for the connections that wait for one. */
    FactoryBinding newHolder(FactoryBinding like) {
        return new FactoryBinding(like.settings(), like.rank(), null, workers.size());
    }

    /** The endpoints; nobody changes the list but through here. */
    List<BoundAddress> endpoints() {
        return endpoints;
    }

    List<WorkerProxy> workers() {
        return workers;
    }

    /** A binding is drained: nothing of its factory runs or is referenced any more. */
    private void onDrained(FactoryBinding binding) {
        binding.forgetFactory();
        draining.remove(binding);
        publish();
    }

    /** Takes every binding off its address, and serves no other. */
    void onStop() {
        loop.assertOwner();
        stopped = true;
        for (BoundAddress endpoint : List.copyOf(endpoints)) {
            draining.addAll(endpoint.ranked());
            endpoint.ranked().clear();
            endpoint.close();
        }
        endpoints.clear();
        publish();
        reserve.close();
    }

    public void onAccepted(SocketChannel channel, FactoryBinding binding) {
        loop.assertOwner();
        boolean taken = false;
        try {
            taken = take(channel, binding);
        } catch (RuntimeException | Error e) {
            FailureReport.failed(LOG, binding, Doing.ACCEPTING, e);
        }
        if (!taken) {
            close(channel);
        }
    }

    /** Returns whether a worker gets the channel. */
    private boolean take(SocketChannel channel, FactoryBinding binding) {
        pauseMillis = MIN_PAUSE_MILLIS;
        pace.onAccepted();
        EndpointSettings settings = binding.settings();
        if (settings.connectionsMax() != 0 && binding.openConnections() >= settings.connectionsMax()) {
            binding.refusedByLimit.increment();
            return false;
        }
        try {
            channel.configureBlocking(false);
            if (settings.tcpKeepAlive()) {
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
        } catch (IOException e) {
            LOG.debug("a peer of {} was gone before it was accepted", binding, e);
            return false;
        }
        Connection slot = pool.acquire();
        if (slot == null) {
            exhausted.increment();
            return false;
        }
        slot.assign(channel);
        if (!assign(slot, binding)) {
            exhausted.increment();
            return false;
        }
        binding.accepted.increment();
        return true;
    }

    /** Begins an outgoing connection. */
    public void onConnect(ConnectAttempt attempt, FactoryBinding binding) {
        loop.assertOwner();
        try {
            connect(attempt, binding);
        } catch (RuntimeException | Error e) {
            attempt.fail(e);
        }
    }

    private void connect(ConnectAttempt attempt, FactoryBinding binding) {
        Connection slot = pool.acquire();
        if (slot == null) {
            exhausted.increment();
            attempt.fail(new IOException("all " + pool.capacity() + " connections are taken (pool.max.connections)"));
            return;
        }
        slot.assign(attempt);
        if (!assign(slot, binding)) {
            attempt.fail(new IOException("the worker has no room for another connection"));
        }
    }

    private boolean assign(Connection slot, FactoryBinding binding) {
        int worker = loads.pick();
        slot.assign(nextId++, binding, worker);
        binding.assigned.increment(); // First: the worker may be done with it before this thread goes on.
        boolean adopted = false;
        try {
            adopted = workers.get(worker).adopt(slot);
        } finally {
            if (!adopted) {
                binding.assigned.add(-1);
                loads.release(worker);
                pool.recycle(slot);
            }
        }
        hasMail[worker] |= adopted;
        return adopted;
    }

    /** A worker says through the loopback channel that it has released a slot. */
    public void onToken(int index, int generation) {
        loop.assertOwner();
        Connection slot = pool.leased(index, generation);
        if (slot == null) {
            LOG.warn("a token for slot {} generation {} is stale or forged, and ignored", index, generation);
            return;
        }
        loads.release(slot.workerIndex());
        pool.recycle(slot);
    }

    /** Descriptors have run out: one peer is told so, the rest wait in the backlog while accepting rests. */
    void onExhausted(ServerSocketChannel listener, BoundAddress endpoint, IOException cause) {
        loop.assertOwner();
        if (pauseMillis == MIN_PAUSE_MILLIS) {
            LOG.warn(
                    "{}: no connection could be accepted ({}); raise the limit of open files",
                    endpoint,
                    cause.getMessage());
        }
        if (reserve.refuseOne(listener)) {
            exhausted.increment();
        }
        loop.schedule(TimeUnit.MILLISECONDS.toNanos(pauseMillis), () -> {
            if (!stopped) {
                reserve.restore();
                endpoint.pauseAccepting(false);
            }
        });
        endpoint.pauseAccepting(true); // Not before it is sure to end.
        pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
    }

    /** Publishes how the bindings stand, and tells the listener. */
    void publish() {
        loop.assertOwner();
        List<BindingView> fresh = new ArrayList<>();
        for (BoundAddress endpoint : endpoints) {
            endpoint.addViews(fresh);
        }
        for (FactoryBinding binding : draining) {
            EndpointSettings settings = binding.settings();
            fresh.add(new BindingView(
                    binding, BindingView.State.DRAINING, settings.host(), settings.port(), null, 0, false));
        }
        views = List.copyOf(fresh);
        changeListener.run();
    }

    private void onTurnEnd() {
        for (int i = 0; i < hasMail.length; i++) {
            if (hasMail[i]) {
                hasMail[i] = false;
                workers.get(i).wake();
            }
        }
        loop.parkBeforeNextTurn(pace.parkNanos());
    }

    /** Closes whom no stop has closed: peers that wait are on no multiplexer. */
    private void onLoopEnd() {
        if (!stopped) {
            onStop();
        }
    }

    /** Sets who reads the tokens of each worker. Before the loop starts. */
    public void receiveTokens(List<LoopbackReceiver> from) {
        receivers = from;
    }

    /** The thread of a worker has died: a fresh one ends the connections that the dead one had. */
    public void onWorkerDeath(int worker) {
        loop.assertOwner();
        receivers.get(worker).resync();
        List<Connection> lost = new ArrayList<>();
        List<Connection> waiting = new ArrayList<>();
        for (Connection slot : pool.leasedTo(worker)) {
            if (slot.isReleased()) { // Its token has died with the thread.
                loads.release(worker);
                pool.recycle(slot);
            } else {
                (slot.isAdopted() ? lost : waiting).add(slot);
            }
        }
        workers.get(worker).restart(lost, waiting);
        LOG.warn("{} connection(s) of worker {} end with its thread", lost.size(), worker);
    }

    /** A fresh thread has taken the place of the acceptor's dead one. */
    public void onThreadLost() {
        receivers.forEach(each -> each.onReady(0));
        publish();
    }

    static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a refused connection failed", e);
        }
    }
}
