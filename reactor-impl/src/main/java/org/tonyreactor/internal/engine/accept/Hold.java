package org.tonyreactor.internal.engine.accept;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * An address without a serving factory waits for the next one: peers are accepted up to a bound and wait unread, and
 * connections whose protocols were suspended wait on their workers, in the {@link #holder}.
 *
 * <p>Bounds: {@code reactor.hold.connections.max} peers, {@code reactor.hold.timeout.millis}. Owner: the acceptor.
 */
final class Hold {
    /** A listener that is told what a factory got. */
    interface Told {
        void connectionsAndPeers(int connections, int peers);
    }

    private final Acceptor acceptor;
    private final Runnable onTimeout;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    /** The suspended connections' binding; made when first needed, with the settings of the factory that went last. */
    private @Nullable FactoryBinding holder;

    private @Nullable Timer timeout;

    /** A peer, and since when it waits. */
    private record Waiting(Wire wire, long sinceNanos) {}

    Hold(Acceptor acceptor, Runnable onTimeout) {
        this.acceptor = acceptor;
        this.onTimeout = onTimeout;
    }

    boolean isOn() {
        return timeout != null;
    }

    /** The binding of the suspended connections; null if there are none. */
    @Nullable
    FactoryBinding holder() {
        return holder;
    }

    /** Peers that wait. */
    int peers() {
        return waiting.size();
    }

    /** The same, as they are to be shown. */
    List<WaitingPeer> waitingPeers() {
        FactoryBinding keeping = holder;
        long nowNanos = acceptor.loop().nowNanos();
        return keeping == null
                ? List.of()
                : waiting.stream()
                        .map(each -> WaitingPeer.of(
                                keeping, each.wire, TimeUnit.NANOSECONDS.toMillis(nowNanos - each.sinceNanos)))
                        .toList();
    }

    boolean isFull() {
        return holder != null
                && isOn()
                && waiting.size() >= holder.settings().hold().connectionsMax();
    }

    /** Begins to hold, or holds on, for all of the time that the factory that went has set. */
    FactoryBinding begin(FactoryBinding went) {
        cancelTimeout();
        FactoryBinding keeping = holder;
        if (keeping == null) {
            keeping = acceptor.newHolder(went);
            holder = keeping;
        }
        keeping.update(went.settings());
        keeping.rerank(went.rank());
        timeout = acceptor.loop()
                .schedule(TimeUnit.MILLISECONDS.toNanos(went.settings().hold().timeoutMillis()), () -> {
                    timeout = null;
                    onTimeout.run();
                });
        return keeping;
    }

    /** Takes a peer in. Returns false when nothing is held. */
    boolean takeIn(Wire peer) {
        if (holder == null || !isOn()) {
            return false;
        }
        waiting.add(new Waiting(peer, acceptor.loop().nowNanos()));
        holder.waiting.increment();
        return true;
    }

    private void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
    }

    /**
     * A factory serves again: it gets all that waits.
     *
     * @param peers gets the peers, the one that has waited longest first
     * @param told how many connections were handed over, and how many peers had waited, once that is done
     */
    void endWith(FactoryBinding factory, Consumer<Wire> peers, Told told) {
        cancelTimeout();
        int count = waiting.size();
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            peers.accept(next.wire);
        }
        FactoryBinding keeping = end();
        if (keeping != null) {
            acceptor.workers()
                    .handOver(
                            keeping,
                            factory,
                            handedOver ->
                                    acceptor.self().handedOver(() -> told.connectionsAndPeers(handedOver, count)));
        }
    }

    /**
     * Ends the hold. A mail to the workers about the connections in the holder follows. It comes after all mails that send
     * connections there, so it reaches also those that are still on their way.
     *
     * @return the binding of the suspended connections; null if there was none
     */
    private @Nullable FactoryBinding end() {
        cancelTimeout();
        FactoryBinding keeping = holder;
        holder = null;
        if (keeping != null) {
            keeping.waiting.add(-keeping.waiting.get());
        }
        return keeping;
    }

    /**
     * No factory will come: closes the peers that wait, and the suspended connections on the workers.
     *
     * @return the binding that has those, until they have ended; null when nobody does
     */
    @Nullable
    FactoryBinding expire() {
        waiting.forEach(each -> acceptor.refusals().refuse(each.wire));
        waiting.clear();
        FactoryBinding keeping = end();
        if (keeping != null) {
            acceptor.workers().expire(keeping);
        }
        return keeping;
    }
}
