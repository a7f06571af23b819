package org.tonyreactor.internal.engine.accept;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    /** A factory serves again: the hold has no time limit any more. {@link #nextPeer} and {@link #end} follow. */
    void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
    }

    /** The peer that has waited longest, or null. */
    @Nullable
    Wire nextPeer() {
        Waiting next = waiting.poll();
        return next == null ? null : next.wire;
    }

    /**
     * Ends the hold. The caller sends the workers a mail about the connections in the holder. That mail comes after all
     * mails that send connections there, so it reaches also those that are still on their way.
     *
     * @return the binding of the suspended connections; null if there was none
     */
    @Nullable
    FactoryBinding end() {
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
     * @return who has those, until they have ended; null when nobody does
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
