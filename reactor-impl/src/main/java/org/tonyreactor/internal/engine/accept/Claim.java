package org.tonyreactor.internal.engine.accept;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.BindFailure;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.log.Log;

/**
 * The claim of one address to be listened on, against those that overlap with it: by the rank of the first factory that
 * serves. Where nobody serves there is none, and where binding fails by itself it counts no more until something changes.
 * Owner: the acceptor.
 */
final class Claim {
    /** Those that are served, the better-ranked first; of the others those that listen already. */
    static final Comparator<BoundAddress> BEST_FIRST = Comparator.comparing(BoundAddress::claim, Claim::compare);

    private static final Log LOG = Log.named("org.tonyreactor.endpoint");

    private final BoundAddress address;
    private final Listener listener;
    /** Binding has failed, though no other address of this engine was in its way. */
    private boolean failing;
    /** The address that overlaps with it and is listened on instead. */
    private @Nullable BoundAddress above;

    Claim(BoundAddress address, Listener listener) {
        this.address = address;
        this.listener = listener;
    }

    private static int compare(Claim one, Claim other) {
        if (one.isServed() && other.isServed()) {
            return one.best().rank().compareTo(other.best().rank());
        }
        int byServing = Boolean.compare(other.isServed(), one.isServed());
        return byServing != 0 ? byServing : Boolean.compare(other.listener.isOpen(), one.listener.isOpen());
    }

    private boolean isServed() {
        return !address.ranking().serving().isEmpty();
    }

    private FactoryBinding best() {
        return address.ranking().serving().get(0);
    }

    /** The address that is listened on instead of this one; null when there is none. */
    @Nullable
    BoundAddress above() {
        return above;
    }

    /** Whether {@link #listen} will try to. */
    boolean isAboutToListen() {
        return !listener.isOpen() && !failing && (isServed() || address.isHeld());
    }

    /** Listens if there is anybody to listen for. Nothing that overlaps with it listens. */
    void listen() {
        above = null;
        FactoryBinding speaker = address.speaker();
        if (isAboutToListen() && speaker != null) {
            listener.open(speaker.name(), speaker.settings().limits().backlog());
            failing = listener.failure() != null;
        }
    }

    /** Another address is listened on instead. What this one has stays, and peers that were queued come in. */
    void giveWay(BoundAddress to) {
        if (above != to && isServed()) {
            LOG.info("{} is not listened on: {} overlaps with it and comes first", address, to);
        }
        listener.acceptQueued();
        listener.close();
        failing = false;
        above = to;
    }

    /** Nobody wants the address any more. */
    void drop() {
        listener.close();
        failing = false;
        above = null;
    }

    /** Binding will be tried at once, when it is this one's turn. */
    void renew() {
        if (failing) {
            failing = false;
            listener.forgetRetry();
        }
    }

    /** Binding was tried again. Returns whether it has to be decided anew which address is listened on. */
    boolean onRetried(BindFailure before) {
        BindFailure now = listener.failure();
        failing = now != null;
        return now == null || now.kind() != before.kind();
    }
}
