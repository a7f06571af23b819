package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.ConnectAttempt;
import org.tonyreactor.internal.engine.connection.DrainRequest;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.connection.WorkerGroup;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Countdown;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.loop.HostNames;
import org.tonyreactor.internal.engine.loop.OffLoop;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;
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

    private static final Log LOG = Log.named("org.tonyreactor.acceptor");

    private final EventLoop loop;
    private final AcceptorProxy self;
    private final WorkerGroup workers;
    private final Dispatcher dispatcher;
    private final Refusals refusals;
    private final LeaseAudit audit;
    private final Network network;
    private final BoundAddresses addresses = new BoundAddresses(this);
    private final Set<FactoryBinding> draining = new LinkedHashSet<>();
    private final AcceptPace pace = new AcceptPace();
    private final LimitLog limits;
    private final NameLookups lookups = new NameLookups(this);
    private HostNames names = HostNames.ofSystem(OffLoop.inline());
    private Runnable changeListener = () -> {};
    private volatile List<BindingView> views = List.of();
    private int acceptsPerTurn;
    private boolean stopped;
    private long pauseMillis = MIN_PAUSE_MILLIS;

    public Acceptor(
            EventLoop loop, Network network, WorkerGroup workers, RefusedPeers refused, EngineSettings settings) {
        this.loop = loop;
        this.network = network;
        this.self = new AcceptorProxy(this);
        this.workers = workers;
        this.dispatcher = new Dispatcher(loop, workers, settings);
        this.refusals = new Refusals(loop, refused);
        this.audit = new LeaseAudit(loop, network, workers, dispatcher);
        this.acceptsPerTurn = settings.acceptsPerTurn();
        loop.onTurnEnd(this::onTurnEnd);
        loop.onLoopEnd(this::onLoopEnd);
        loop.every(() -> SHRINK_MILLIS, pool()::shrink);
        this.limits = new LimitLog(loop.clock());
        loop.every(() -> LimitLog.PERIOD_MILLIS, () -> limits.sumUp(views));
    }

    EventLoop loop() {
        return loop;
    }

    Network network() {
        return network;
    }

    /** The way here from another thread. */
    public AcceptorProxy self() {
        return self;
    }

    /** Sets the look-up for names of hosts. Before the loop starts. */
    public void lookUpWith(HostNames hostNames) {
        names = hostNames;
    }

    HostNames names() {
        return names;
    }

    /** Turns away peers that no worker has got. */
    Refusals refusals() {
        return refusals;
    }

    NameLookups lookups() {
        return lookups;
    }

    int acceptsPerTurn() {
        return acceptsPerTurn;
    }

    /** Any thread. */
    public ConnectionPool pool() {
        return dispatcher.pool();
    }

    /** Any thread. */
    public LeastLoaded loads() {
        return dispatcher.loads();
    }

    /** Any thread. */
    public long exhausted() {
        return dispatcher.exhausted().get();
    }

    /** The views that were last published. Any thread. */
    public List<BindingView> views() {
        return views;
    }

    /** Sets a listener that is told that {@link #views} have changed; on the acceptor. Before the loop starts. */
    public void onChange(Runnable listener) {
        changeListener = listener;
    }

    void onSettings(EngineSettings settings) {
        loop.assertOwner();
        acceptsPerTurn = settings.acceptsPerTurn();
        pool().setMaxSize(settings.poolMaxConnections());
    }

    /** Serves a binding's address, and tells it with the real port; unresolved when it could not be bound. */
    void onBind(FactoryBinding binding, Consumer<InetSocketAddress> bound) {
        loop.assertOwner();
        EndpointSettings.Address settings = binding.settings().address();
        if (stopped) {
            bound.accept(InetSocketAddress.createUnresolved(settings.host(), settings.port()));
            return;
        }
        binding.failures.onFailure(() -> self.failure(binding));
        addresses.bind(binding, bound);
    }

    void onMoveHeld(long leftBy, FactoryBinding to) {
        loop.assertOwner();
        addresses.moveHeld(leftBy, to);
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
        addresses.of(binding).forEach(BoundAddress::reconsider);
        publish();
    }

    /** Takes a binding off its address: no new connections. Those it has go on until they are drained. */
    void onUnbind(FactoryBinding binding) {
        loop.assertOwner();
        takeOff(binding, false);
        publish();
    }

    /** Returns who takes over its connections; null when they end. */
    private @Nullable FactoryBinding takeOff(FactoryBinding binding, boolean mayHold) {
        FactoryBinding successor = null;
        if (addresses.cancel(binding)) {
            draining.add(binding);
        }
        for (BoundAddress endpoint : addresses.of(binding)) {
            successor = endpoint.remove(binding, mayHold);
            draining.add(binding);
            addresses.removeIfEmpty(endpoint);
        }
        return successor;
    }

    /**
     * Unbinds, and hands over or ends the connections on every worker; closed is told here, once the slowest is done.
     *
     * @param mayHold whether the address waits for the next factory
     */
    void onClose(FactoryBinding binding, boolean mayHold, long timeoutNanos, Runnable closed) {
        loop.assertOwner();
        FactoryBinding successor = takeOff(binding, mayHold);
        publish();
        Countdown all = new Countdown(workers.size(), () -> {
            try {
                onDrained(binding);
            } finally {
                closed.run(); // A caller waits for it.
            }
        });
        Runnable workerDone = () -> self.countDown(all);
        DrainRequest request = new DrainRequest(binding, successor, Kind.SERVICE_GONE, timeoutNanos, true);
        workers.drain(request, workerDone);
    }

    void onFailure(FactoryBinding binding) {
        loop.assertOwner();
        addresses.of(binding).forEach(endpoint -> endpoint.onFailure(binding));
        publish();
    }

    /** A binding without a factory, for the connections that wait for one. */
    FactoryBinding newHolder(FactoryBinding like) {
        return new FactoryBinding(like.settings(), like.rank(), null, workers.size());
    }

    BoundAddresses addresses() {
        return addresses;
    }

    WorkerGroup workers() {
        return workers;
    }

    /** A binding is drained: nothing of its factory runs or is referenced any more. */
    private void onDrained(FactoryBinding binding) {
        limits.onGone(binding);
        binding.forgetFactory();
        draining.remove(binding);
        publish();
    }

    /** Takes every binding off its address, and serves no other. */
    void onStop() {
        loop.assertOwner();
        stopped = true;
        limits.sumUp(views);
        draining.addAll(addresses.close());
        publish();
        network.close();
    }

    /** Whether a peer is let in by the rates of its address, which the primary has set; else it is refused. */
    boolean admits(Wire peer, FactoryBinding primary, Admission admission) {
        loop.assertOwner();
        EndpointSettings.Limits limits = primary.settings().limits();
        if (limits.acceptsPerSecond() == 0 && limits.acceptsPerSecondPerPeer() == 0) {
            return true;
        }
        boolean taken = false;
        try {
            taken = admission.takesNow(peer.remoteAddress(), limits, loop.nowNanos());
            if (!taken) {
                primary.refusedByRate.increment();
            }
        } catch (IOException e) {
            LOG.debug("{} was gone before it was let in", peer, e);
        } catch (RuntimeException | Error e) {
            FailureReport.failed(LOG, primary, Doing.ACCEPTING, e);
        }
        if (!taken) {
            refusals.refuse(peer);
        }
        return taken;
    }

    /** A peer is let in: a worker gets it, if there is room. */
    public void onAccepted(Wire peer, FactoryBinding binding, Admission admission) {
        loop.assertOwner();
        boolean taken = false;
        try {
            taken = take(peer, binding, admission);
        } catch (IOException e) {
            LOG.debug("{} was gone before a worker got it", peer, e);
        } catch (RuntimeException | Error e) {
            FailureReport.failed(LOG, binding, Doing.ACCEPTING, e);
        }
        if (!taken) {
            refusals.refuse(peer);
        }
    }

    /** Returns whether a worker gets the peer. */
    private boolean take(Wire peer, FactoryBinding binding, Admission admission) throws IOException {
        pauseMillis = MIN_PAUSE_MILLIS;
        pace.onAccepted();
        EndpointSettings settings = binding.settings();
        int connectionsMax = settings.limits().connectionsMax();
        if (connectionsMax != 0 && binding.openConnections() >= connectionsMax) {
            binding.refusedByLimit.increment();
            return false;
        }
        int mostOfPeer = settings.limits().connectionsMaxPerPeer();
        Admission.Place place = mostOfPeer == 0 ? null : admission.placeFor(peer.remoteAddress(), mostOfPeer);
        if (mostOfPeer != 0 && place == null) {
            binding.refusedByPeerLimit.increment();
            return false;
        }
        if (settings.tcp().keepalive()) {
            peer.keepAlive(true);
        }
        if (!dispatcher.dispatch(peer, binding, place)) {
            return false;
        }
        binding.accepted.increment();
        return true;
    }

    /** Begins an outgoing connection. */
    public void onConnect(ConnectAttempt attempt, FactoryBinding binding) {
        try {
            dispatcher.dispatch(attempt, binding);
        } catch (RuntimeException | Error e) {
            attempt.neverMade(e);
        }
    }

    /** Descriptors have run out: one peer is told so, the rest wait in the backlog while accepting rests. */
    void onExhausted(ServerWire listener, BoundAddress endpoint, IOException cause) {
        loop.assertOwner();
        if (pauseMillis == MIN_PAUSE_MILLIS) {
            LOG.warn(
                    "{}: no connection could be accepted ({}); raise the limit of open files",
                    endpoint,
                    cause.getMessage());
        }
        if (listener.refuseOne()) {
            dispatcher.exhausted().increment();
        }
        loop.schedule(TimeUnit.MILLISECONDS.toNanos(pauseMillis), () -> {
            if (!stopped) {
                endpoint.pauseAccepting(false);
            }
        });
        endpoint.pauseAccepting(true); // Not before it is sure to end.
        pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
    }

    /** After each change: has those listen that may, publishes how the bindings stand, and tells the listener. */
    void publish() {
        loop.assertOwner();
        addresses.arrange();
        List<BindingView> fresh = new ArrayList<>();
        addresses.addViews(fresh);
        for (FactoryBinding binding : draining) {
            EndpointSettings.Address settings = binding.settings().address();
            fresh.add(new BindingView(
                    binding, BindingView.State.DRAINING, settings.host(), settings.port(), null, null, 0, false));
        }
        views = List.copyOf(fresh);
        changeListener.run();
    }

    private void onTurnEnd() {
        dispatcher.wakeWorkers();
        loop.parkBeforeNextTurn(pace.parkNanos());
    }

    /** Closes peers that no stop has closed: waiting peers are on no multiplexer. */
    private void onLoopEnd() {
        if (!stopped) {
            onStop();
        }
    }

    /** Looks after the leases of slots; reads the tokens of each worker from a wire. Before the loop starts. */
    public void receiveTokens(List<Wire> from) throws IOException {
        for (Wire tokens : from) {
            audit.receive(tokens);
        }
    }

    /** The thread of a worker has died: a fresh one ends the connections that the dead one had. */
    public void onWorkerDeath(int worker) {
        loop.assertOwner();
        audit.onWorkerDeath(worker);
    }

    /** A fresh thread has taken the place of the acceptor's dead one. */
    public void onThreadLost() {
        audit.onThreadLost();
        publish();
    }
}
