package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.FailureWatch.Quarantine;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.reactor.EndpointSettings;

/**
 * One address: the factories that want it ({@link Ranking}), its listener ({@link Listener}), and the peers and connections
 * that wait while no factory serves it ({@link Hold}). The next factory gets everything that waits.
 *
 * <p>Owner: the acceptor.
 */
public final class BoundAddress implements Listener.Events {
    private static final Log LOG = Log.named("org.tonyreactor.endpoint");

    private final Acceptor acceptor;
    private final String host;
    private final int port;
    private final Listener listener;
    private final Ranking ranking = new Ranking();
    private final Hold hold;
    private final ShadowLog shadows = new ShadowLog();
    private boolean heldByOperator;
    private boolean suspendedByOperator;
    private boolean acceptingPaused;

    BoundAddress(Acceptor acceptor, String host, int port) {
        this.acceptor = acceptor;
        this.host = host;
        this.port = port;
        this.listener = new Listener(acceptor, host, port, this);
        this.hold = new Hold(acceptor, this::onHoldTimeout);
    }

    /**
     * Whether a factory that asks for an address shares this one. Any free port is shared by nobody; but one that is held
     * goes to the next factory of the same name that asks for any.
     */
    boolean serves(EndpointSettings.Address wanted) {
        if (!host.equals(wanted.host()) || port != wanted.port()) {
            return false;
        }
        FactoryBinding holder = hold.holder();
        return port != 0
                || (holder != null
                        && hold.isOn()
                        && holder.settings().address().name().equals(wanted.name()));
    }

    /** Whether it has this address now; the port is the real one. */
    boolean isAt(String otherHost, int realPort) {
        return host.equals(otherHost) && address().getPort() == realPort;
    }

    boolean isEmpty() {
        return ranking.all().isEmpty() && !hold.isOn();
    }

    boolean has(FactoryBinding binding) {
        return ranking.all().contains(binding);
    }

    Ranking ranking() {
        return ranking;
    }

    InetSocketAddress address() {
        return listener.address();
    }

    /** Runs an action once the name of the host is looked up, whatever has come of it; at once when it is. */
    void whenLookedUp(Runnable action) {
        listener.whenLookedUp(action);
    }

    // Factories come, change and go.

    void add(FactoryBinding binding) {
        acceptor.loop().assertOwner();
        ranking.add(binding);
        heldByOperator = false;
        serve(binding);
    }

    /**
     * Takes a factory off.
     *
     * @param mayHold whether the address waits for the next one when this was the last
     * @return the binding that takes over its connections; null if they end
     */
    @Nullable
    FactoryBinding remove(FactoryBinding binding, boolean mayHold) {
        acceptor.loop().assertOwner();
        ranking.remove(binding);
        sort();
        if (ranking.serving().isEmpty() && !heldByOperator) {
            ranking.releaseLastResort();
        }
        reconsider();
        FactoryBinding next = ranking.primary();
        return next != null ? next : holderAfter(binding, mayHold);
    }

    /** No factory serves after one has gone: returns the binding that keeps its connections, or null. */
    private @Nullable FactoryBinding holderAfter(FactoryBinding went, boolean mayHold) {
        boolean othersAreHeld = hold.isOn() && !ranking.all().isEmpty();
        if (!othersAreHeld && mayHold && canHold(went)) {
            hold(went); // For all of its time, also when it was held before.
        }
        if (!hold.isOn()) {
            close();
        }
        return hold.holder();
    }

    /** Ranks, weights, settings or quarantines have changed: another factory may take the new connections now. */
    void reconsider() {
        acceptor.loop().assertOwner();
        sort();
        FactoryBinding primary = ranking.primary();
        if (primary == null) {
            return;
        }
        serveWaiting(primary);
        if (primary.settings().share().takeover() && primary.settings().share().weight() == Ranking.ALL_PERCENT) {
            handOverTo(primary);
        }
    }

    /** Hands the connections of the other factories over to one. */
    List<CompletableFuture<Integer>> handOverTo(FactoryBinding successor) {
        acceptor.loop().assertOwner();
        return ranking.all().stream()
                .filter(each -> each != successor)
                .map(other -> acceptor.workers().handOver(other, successor))
                .flatMap(List::stream)
                .toList();
    }

    /** Connections of a binding have failed. */
    void onFailure(FactoryBinding binding) {
        acceptor.loop().assertOwner();
        String failing = binding.failures.judge(acceptor.loop().nowNanos());
        if (failing == null || !ranking.serving().contains(binding)) {
            return;
        }
        if (ranking.serving().size() == 1) {
            LOG.warn("{} is failing ({}) and goes on, since no other factory stands behind it", binding, failing);
        } else {
            quarantine(binding, new Quarantine(failing, false));
        }
    }

    void quarantine(FactoryBinding binding, Quarantine why) {
        acceptor.loop().assertOwner();
        LOG.warn(
                "{} of service {} is put in quarantine: {}",
                binding,
                binding.rank().serviceId(),
                why.reason());
        binding.failures.quarantine(why);
        sort();
        FactoryBinding next = ranking.primary();
        if (next != null) {
            acceptor.workers().handOver(binding, next);
        } else if (!hold.isOn() && canHold(binding)) {
            hold(binding);
        }
    }

    void release(FactoryBinding binding) {
        acceptor.loop().assertOwner();
        binding.failures.release();
        serve(binding);
    }

    private void serve(FactoryBinding binding) {
        listener.open(binding.name(), binding.settings().limits().backlog());
        reconsider();
    }

    private void sort() {
        ranking.sort(!heldByOperator);
        shadows.update(ranking, this);
    }

    // Peers.

    @Override
    public void onAccepted(Wire peer) {
        acceptor.loop().assertOwner();
        FactoryBinding selected = ranking.select();
        if (selected != null) {
            acceptor.onAccepted(peer, selected);
        } else if (hold.takeIn(peer)) {
            updateAccepting();
        } else {
            acceptor.refusals().refuse(peer); // Its last factory has gone within this turn.
        }
    }

    @Override
    public void onExhausted(ServerWire wire, IOException cause) {
        acceptor.onExhausted(wire, this, cause);
    }

    @Override
    public void onBound() {
        acceptor.publish();
    }

    /** Accepting pauses while descriptors have run out. */
    void pauseAccepting(boolean on) {
        acceptor.loop().assertOwner();
        acceptingPaused = on;
        updateAccepting();
    }

    private void updateAccepting() {
        listener.accepting(!suspendedByOperator && !acceptingPaused && !hold.isFull());
    }

    // Holding.

    /** What an operator has said about accepting. */
    void suspendAccepting(boolean on) {
        acceptor.loop().assertOwner();
        suspendedByOperator = on;
        updateAccepting();
        if (!on && heldByOperator) {
            serveAgain();
        }
    }

    /** What an operator has held is served by its factories again. */
    private void serveAgain() {
        heldByOperator = false;
        sort();
        if (ranking.serving().isEmpty()) {
            ranking.releaseLastResort();
        }
        reconsider();
    }

    /**
     * Holds the address although it has factories. Returns the binding for the connections, or null if it cannot be
     * held.
     */
    @Nullable
    FactoryBinding holdByOperator() {
        acceptor.loop().assertOwner();
        FactoryBinding primary = ranking.primary();
        if (primary == null || !canHold(primary)) {
            return null;
        }
        heldByOperator = true;
        sort();
        return hold(primary);
    }

    private boolean canHold(FactoryBinding binding) {
        return listener.isOpen() && binding.settings().hold().timeoutMillis() > 0;
    }

    private FactoryBinding hold(FactoryBinding went) {
        LOG.info(
                "{} is held{}, at most {} ms, for the next factory: {} connection(s) of {} open",
                this,
                heldByOperator ? " by command" : "",
                went.settings().hold().timeoutMillis(),
                went.openConnections(),
                went.rank().owner());
        FactoryBinding keeping = hold.begin(went);
        updateAccepting();
        return keeping;
    }

    private void onHoldTimeout() {
        if (heldByOperator && !ranking.all().isEmpty()) {
            LOG.info("{} has been held long enough", this);
            serveAgain();
        }
        if (ranking.primary() == null) {
            FactoryBinding holder = hold.holder();
            LOG.info(
                    "{} is held no more, since no factory has come: {} connection(s) and {} waiting peer(s) are closed",
                    this,
                    holder == null ? 0 : holder.openConnections(),
                    hold.peers());
            close();
            acceptor.removeIfEmpty(this);
        }
        acceptor.publish();
    }

    private void serveWaiting(FactoryBinding primary) {
        hold.cancelTimeout();
        int peers = hold.peers();
        for (Wire peer = hold.nextPeer(); peer != null; peer = hold.nextPeer()) {
            FactoryBinding selected = ranking.select();
            acceptor.onAccepted(peer, selected == null ? primary : selected);
        }
        FactoryBinding keeping = hold.end();
        if (keeping != null) {
            acceptor.workers()
                    .handOver(
                            keeping,
                            primary,
                            count -> acceptor.self().handedOver(() -> onServedAgain(primary, count, peers)));
        }
        updateAccepting();
    }

    private void onServedAgain(FactoryBinding primary, int connections, int peers) {
        LOG.info(
                "{} is served again by {}: {} connection(s) resumed, {} waiting peer(s) let in",
                this,
                primary.rank().owner(),
                connections,
                peers);
    }

    /** Ends everything but the connections of live factories. */
    void close() {
        acceptor.loop().assertOwner();
        expireHold();
        listener.close();
    }

    /**
     * Ends everything that waits, here and on the workers; connections that are still served go on.
     *
     * @return who has the suspended connections, until they have ended; null when nobody does
     */
    @Nullable
    FactoryBinding expireHold() {
        acceptor.loop().assertOwner();
        heldByOperator = false;
        sort();
        return hold.expire();
    }

    // Views.

    void addViews(List<BindingView> views) {
        acceptor.loop().assertOwner();
        int realPort = address().getPort();
        double reachingPercent = heldByOperator ? 0 : Ranking.ALL_PERCENT;
        boolean shadowed = false;
        for (FactoryBinding each : ranking.all()) {
            int admittedPercent = ranking.admittedPercent(each);
            double share = reachingPercent * admittedPercent / Ranking.ALL_PERCENT;
            views.add(view(each, stateOf(each, shadowed), realPort, share));
            reachingPercent -= share;
            shadowed = shadowed || admittedPercent == Ranking.ALL_PERCENT;
        }
        FactoryBinding holder = hold.holder();
        if (holder != null && hold.isOn()) {
            views.add(view(holder, State.HELD, realPort, 0));
        }
    }

    List<WaitingPeer> waitingPeers() {
        return hold.waitingPeers();
    }

    private BindingView view(FactoryBinding binding, State state, int realPort, double sharePercent) {
        return new BindingView(binding, state, host, realPort, listener.failure(), sharePercent, !suspendedByOperator);
    }

    private State stateOf(FactoryBinding binding, boolean shadowed) {
        if (binding.failures.quarantine() != null) {
            return State.QUARANTINED;
        }
        if (heldByOperator) {
            return State.HELD;
        }
        return shadowed ? State.SHADOWED : listener.failure() == null ? State.BOUND : State.FAILED;
    }

    @Override
    public String toString() {
        return listener.text();
    }
}
