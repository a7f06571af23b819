package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.BindFailure;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.FailureWatch.Quarantine;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.wire.ListenAddress;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * One address: the factories that want it ({@link Ranking}), its listener ({@link Listener}), and the peers and connections
 * that wait while no factory serves it ({@link Hold}). The next factory gets everything that waits.
 *
 * <p>Owner: the acceptor.
 */
public final class BoundAddress implements Listener.Events {
    private static final Log LOG = Log.named("org.tonyreactor.endpoint");

    private final Acceptor acceptor;
    private final Listener listener;
    private final Claim claim;
    private final Ranking ranking = new Ranking();
    private final Hold hold;
    private final Admission admission = new Admission();
    private final ShadowLog shadows = new ShadowLog();
    private boolean heldByOperator;
    private boolean suspendedByOperator;
    private boolean acceptingPaused;

    BoundAddress(Acceptor acceptor, String host, ListenAddress address) {
        this.acceptor = acceptor;
        this.listener = new Listener(acceptor, host, address, this);
        this.claim = new Claim(this, listener);
        this.hold = new Hold(acceptor, this::onHoldTimeout);
    }

    /** Where it is; the port is the real one while it is bound. */
    ListenAddress at() {
        return listener.at();
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

    boolean isHeld() {
        return hold.isOn();
    }

    /** The binding that has all that waits; null when nothing does. */
    @Nullable
    FactoryBinding holder() {
        return hold.holder();
    }

    InetSocketAddress address() {
        return listener.address();
    }

    // Factories come, change and go.

    void add(FactoryBinding binding) {
        acceptor.loop().assertOwner();
        if (binding.settings().address().port() != 0) {
            listener.keepPort();
        }
        ranking.add(binding);
        heldByOperator = false;
        reconsider();
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
        if (primary != null) {
            serveWaiting(primary);
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
        reconsider();
    }

    private void sort() {
        FactoryBinding takingOver = ranking.sort(!heldByOperator);
        if (takingOver != null) {
            handOverTo(takingOver);
        }
        shadows.update(ranking, this);
    }

    // Listening.

    boolean isListening() {
        return listener.isOpen();
    }

    Claim claim() {
        return claim;
    }

    /** The binding that speaks for the address: the primary, or else the holder, or else the first one in quarantine. */
    @Nullable
    FactoryBinding speaker() {
        FactoryBinding primary = ranking.primary();
        if (primary != null) {
            return primary;
        }
        FactoryBinding holder = hold.holder();
        return holder != null || ranking.all().isEmpty()
                ? holder
                : ranking.all().get(0);
    }

    @Override
    public void onRetry(Runnable bindAgain) {
        acceptor.addresses().lookUpAgain(this, bindAgain);
    }

    @Override
    public void onRetried(BindFailure before) {
        if (claim.onRetried(before)) {
            acceptor.addresses().decideAnew(at());
        }
    }

    // Peers.

    @Override
    public void onAccepted(Wire peer) {
        acceptor.loop().assertOwner();
        FactoryBinding speaker = speaker();
        if (speaker == null || acceptor.admits(peer, speaker, admission)) {
            letIn(peer);
        }
    }

    private void letIn(Wire peer) {
        FactoryBinding selected = ranking.select();
        if (selected != null) {
            acceptor.onAccepted(peer, selected, admission);
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
        boolean hasAnything = listener.isOpen() || (claim.above() != null && binding.openConnections() > 0);
        return hasAnything && binding.settings().hold().timeoutMillis() > 0;
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
            acceptor.addresses().removeIfEmpty(this);
        }
        acceptor.publish();
    }

    private void serveWaiting(FactoryBinding primary) {
        endHoldWith(
                primary, this, this + " is served again by " + primary.rank().owner());
        updateAccepting();
    }

    /** All that waits here goes to a factory that is served at another address now, and this one is free. */
    void moveTo(BoundAddress target, FactoryBinding to) {
        acceptor.loop().assertOwner();
        listener.acceptQueued();
        endHoldWith(to, target, this + " is free, since " + to + " is at " + target + " now");
        close();
    }

    private void endHoldWith(FactoryBinding to, BoundAddress target, String why) {
        hold.endWith(
                to,
                target::letIn,
                (connections, peers) ->
                        LOG.info("{}: {} connection(s) resumed, {} waiting peer(s) let in", why, connections, peers));
    }

    /** Ends everything but the connections of live factories. */
    void close() {
        acceptor.loop().assertOwner();
        expireHold();
        claim.drop();
    }

    /**
     * Ends everything that waits, here and on the workers; connections that are still served go on.
     *
     * @return the binding of the suspended connections, until they have ended; null when nobody does
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
        BoundAddress above = claim.above();
        Ranking.Place place = new Ranking.Place(
                address().getPort(),
                listener.failure(),
                above == null ? null : above.speaker(),
                heldByOperator,
                !suspendedByOperator);
        ranking.addViews(views, place);
        FactoryBinding holder = hold.holder();
        if (holder != null && hold.isOn()) {
            views.add(place.view(holder, State.HELD, null, 0));
        }
    }

    List<WaitingPeer> waitingPeers() {
        return hold.waitingPeers();
    }

    @Override
    public String toString() {
        return listener.text();
    }
}
