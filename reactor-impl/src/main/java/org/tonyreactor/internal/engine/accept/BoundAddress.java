package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.FailureWatch.Quarantine;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.reactor.EndpointSettings;

/**
 * One address and the factories that want it, in the order of their rank. A new connection goes down the ranks until a
 * factory takes it, by its weight; the last one takes what reaches it. One in quarantine is passed by.
 *
 * <p>When nobody is left to take connections, the endpoint is held for a time: the listener stays open, peers are accepted
 * up to a bound and wait unread, and connections whose protocols were suspended wait on their workers, in the {@link
 * #holder}. Whoever comes next gets them all. Owner: the acceptor.
 */
public final class BoundAddress implements Listener.Events {
    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.endpoint");
    private static final int ALL_PERCENT = 100;

    private final Acceptor acceptor;
    private final String host;
    private final int port;
    private final Listener listener;
    private final List<FactoryBinding> ranked = new ArrayList<>();
    /** Those of {@link #ranked} that may get connections. */
    private List<FactoryBinding> serving = List.of();

    private final ArrayDeque<SocketChannel> waiting = new ArrayDeque<>();
    /** Who has the suspended connections; made when first needed, with the settings of the factory that went last. */
    private @Nullable FactoryBinding holder;

    private @Nullable Timer holdEnd;
    private boolean heldByOperator;
    private boolean suspendedByOperator;
    private boolean acceptingPaused;

    BoundAddress(Acceptor acceptor, String host, int port) {
        this.acceptor = acceptor;
        this.host = host;
        this.port = port;
        this.listener = new Listener(acceptor, host, port, this);
    }

    /**
     * Whether a factory that asks for an address counters this endpoint. Any free port is shared by nobody; but one that is
     * held goes to the next factory of the same name that asks for any.
     */
    boolean serves(EndpointSettings wanted) {
        if (!host.equals(wanted.host()) || port != wanted.port()) {
            return false;
        }
        return port != 0
                || (holder != null && isHeld() && holder.settings().name().equals(wanted.name()));
    }

    /** Whether it has this address now; the port is the real one. */
    boolean isAt(String otherHost, int realPort) {
        return host.equals(otherHost) && address().getPort() == realPort;
    }

    boolean isEmpty() {
        return ranked.isEmpty() && !isHeld();
    }

    boolean has(FactoryBinding binding) {
        return ranked.contains(binding);
    }

    List<FactoryBinding> ranked() {
        return ranked;
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
        ranked.add(binding);
        heldByOperator = false;
        serve(binding);
    }

    /**
     * Takes a factory off.
     *
     * @param mayHold whether the endpoint waits for the next one when this was the last
     * @return who takes over its connections; null when they end
     */
    @Nullable
    FactoryBinding remove(FactoryBinding binding, boolean mayHold) {
        acceptor.loop().assertOwner();
        ranked.remove(binding);
        rank();
        if (serving.isEmpty() && !heldByOperator) {
            releaseLastResort();
        }
        reconsider();
        FactoryBinding next = primary();
        if (next != null) {
            return next;
        }
        if (isHeld() && !ranked.isEmpty()) {
            return holder;
        }
        if (mayHold && canHold(binding)) {
            return hold(binding); // For all of its time, also when it was held before.
        }
        if (isHeld()) {
            return holder;
        }
        close();
        return null;
    }

    /** Ranks, weights, settings or quarantines have changed: who takes new connections may be another one. */
    void reconsider() {
        acceptor.loop().assertOwner();
        rank();
        FactoryBinding primary = primary();
        if (primary == null) {
            return;
        }
        serveWhoWaits(primary);
        if (primary.settings().takeover() && primary.settings().weight() == ALL_PERCENT) {
            handOverTo(primary);
        }
    }

    /** Hands the connections of the other factories over to one. */
    List<CompletableFuture<Integer>> handOverTo(FactoryBinding successor) {
        return ranked.stream()
                .filter(each -> each != successor)
                .map(other -> acceptor.handOver(other, successor))
                .flatMap(List::stream)
                .toList();
    }

    /** Who is the rule for new connections: the first that takes all that reach it, or else the last one. */
    @Nullable
    FactoryBinding primary() {
        FactoryBinding last = null;
        for (FactoryBinding each : serving) {
            last = each;
            if (each.settings().weight() == ALL_PERCENT) {
                return each;
            }
        }
        return last;
    }

    /** Connections of a binding have failed. */
    void onFailure(FactoryBinding binding) {
        String failing = binding.failures.judge(acceptor.loop().nowNanos());
        if (failing == null || !serving.contains(binding)) {
            return;
        }
        if (serving.size() == 1) {
            LOG.warn("{} is failing ({}) and goes on, since no other factory stands behind it", binding, failing);
        } else {
            quarantine(binding, new Quarantine(failing, false));
        }
    }

    void quarantine(FactoryBinding binding, Quarantine why) {
        LOG.warn(
                "{} of service {} is put in quarantine: {}",
                binding,
                binding.rank().serviceId(),
                why.reason());
        binding.failures.quarantine(why);
        rank();
        FactoryBinding next = primary();
        if (next != null) {
            acceptor.handOver(binding, next);
        } else if (!isHeld() && canHold(binding)) {
            hold(binding);
        }
    }

    void release(FactoryBinding binding) {
        binding.failures.release();
        serve(binding);
    }

    private void serve(FactoryBinding binding) {
        listener.open(binding.name(), binding.settings().backlog());
        reconsider();
    }

    private void rank() {
        ranked.sort(Comparator.comparing(FactoryBinding::rank));
        serving = heldByOperator
                ? List.of()
                : ranked.stream()
                        .filter(each -> each.failures.quarantine() == null)
                        .toList();
    }

    /** A failing server is better than none, unless a person has said otherwise. */
    private void releaseLastResort() {
        ranked.stream()
                .filter(each -> each.failures.isReleasable())
                .findFirst()
                .ifPresent(each -> each.failures.release());
    }

    // Peers.

    @Override
    public void onAccepted(SocketChannel channel) {
        acceptor.loop().assertOwner();
        FactoryBinding selected = select();
        if (selected != null) {
            acceptor.onAccepted(channel, selected);
        } else if (isHeld() && holder != null) {
            waiting.add(channel);
            holder.waiting.increment();
            updateAccepting();
        } else {
            Acceptor.close(channel); // Its last factory has gone within this turn.
        }
    }

    @Override
    public void onExhausted(ServerSocketChannel channel, IOException cause) {
        acceptor.onExhausted(channel, this, cause);
    }

    @Override
    public void onBound() {
        acceptor.publish();
    }

    /** Accepting rests while descriptors have run out. */
    void pauseAccepting(boolean on) {
        acceptingPaused = on;
        updateAccepting();
    }

    private @Nullable FactoryBinding select() {
        FactoryBinding last = null;
        for (FactoryBinding each : serving) {
            last = each;
            if (each.admits()) {
                return each;
            }
        }
        return last;
    }

    private void updateAccepting() {
        boolean full = holder != null
                && isHeld()
                && waiting.size() >= holder.settings().holdConnectionsMax();
        listener.accepting(!suspendedByOperator && !acceptingPaused && !full);
    }

    // Holding.

    boolean isHeld() {
        return holdEnd != null;
    }

    /** What an operator has said about accepting. */
    void suspendAccepting(boolean on) {
        suspendedByOperator = on;
        updateAccepting();
        if (!on && heldByOperator) {
            serveAgain();
        }
    }

    /** What an operator has held is served by its factories again. */
    private void serveAgain() {
        heldByOperator = false;
        rank();
        if (serving.isEmpty()) {
            releaseLastResort();
        }
        reconsider();
    }

    /** Holds the endpoint though it has factories; who gets the connections, or null when it cannot be held. */
    @Nullable
    FactoryBinding holdByOperator() {
        FactoryBinding primary = primary();
        if (primary == null || !canHold(primary)) {
            return null;
        }
        heldByOperator = true;
        rank();
        return hold(primary);
    }

    private boolean canHold(FactoryBinding binding) {
        return listener.isOpen() && binding.settings().holdTimeoutMillis() > 0;
    }

    private FactoryBinding hold(FactoryBinding went) {
        endHold();
        FactoryBinding keeping = holder;
        if (keeping == null) {
            keeping = acceptor.newHolder(went);
            holder = keeping;
        }
        keeping.update(went.settings());
        keeping.rerank(went.rank());
        long millis = went.settings().holdTimeoutMillis();
        LOG.info("{} is held for {} ms", address(), millis);
        holdEnd = acceptor.loop().schedule(TimeUnit.MILLISECONDS.toNanos(millis), this::onHoldEnd);
        updateAccepting();
        return keeping;
    }

    private void onHoldEnd() {
        holdEnd = null;
        if (heldByOperator && !ranked.isEmpty()) {
            LOG.info("{} has been held long enough and is served again", address());
            serveAgain();
        }
        if (primary() == null) {
            LOG.info("{}: no factory has come, {} peers are closed", address(), waiting.size());
            close();
            acceptor.removeIfEmpty(this);
        }
        acceptor.publish();
    }

    private void serveWhoWaits(FactoryBinding primary) {
        endHold();
        for (SocketChannel channel = waiting.poll(); channel != null; channel = waiting.poll()) {
            FactoryBinding selected = select();
            acceptor.onAccepted(channel, selected == null ? primary : selected);
        }
        FactoryBinding keeping = forgetHolder();
        if (keeping != null) {
            acceptor.handOver(keeping, primary);
        }
        updateAccepting();
    }

    /**
     * The hold is over: the caller sends the workers a mail about who waits in the holder. It comes after all mails that
     * send connections there, so it reaches also those that are still on their way.
     */
    private @Nullable FactoryBinding forgetHolder() {
        FactoryBinding keeping = holder;
        holder = null;
        if (keeping != null) {
            keeping.waiting.add(-keeping.waiting.get());
        }
        return keeping;
    }

    private void endHold() {
        if (holdEnd != null) {
            holdEnd.cancel();
            holdEnd = null;
        }
    }

    /** Ends everything but the connections of live factories. */
    void close() {
        expireHold();
        listener.close();
    }

    /** Ends who waits, here and on the workers; connections that are still served go on. */
    void expireHold() {
        endHold();
        heldByOperator = false;
        rank();
        waiting.forEach(Acceptor::close);
        waiting.clear();
        FactoryBinding keeping = forgetHolder();
        if (keeping != null) {
            acceptor.expire(keeping);
        }
    }

    // Views.

    void addViews(List<BindingView> views) {
        int realPort = address().getPort();
        double reachingPercent = heldByOperator ? 0 : ALL_PERCENT;
        boolean shadowed = false;
        for (FactoryBinding each : ranked) {
            boolean serves = serving.contains(each);
            boolean last = serves && serving.get(serving.size() - 1) == each;
            int weight = last ? ALL_PERCENT : serves ? each.settings().weight() : 0;
            double share = reachingPercent * weight / ALL_PERCENT;
            views.add(view(each, stateOf(each, shadowed), realPort, share));
            reachingPercent -= share;
            shadowed = shadowed || weight == ALL_PERCENT;
        }
        if (holder != null && isHeld()) {
            views.add(view(holder, State.HELD, realPort, 0));
        }
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
        return "endpoint " + host + ":" + port;
    }
}
