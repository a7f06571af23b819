package org.tonyreactor.internal.engine.accept;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.BindFailure;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;

/**
 * The factories of one address in the order of their rank, and which of them serve. A new connection goes down the ranks
 * until a factory admits it, by its weight; the last one admits all that reach it. A factory in quarantine is skipped.
 *
 * <p>Owner: the acceptor.
 */
final class Ranking {
    static final int ALL_PERCENT = 100;

    /**
     * How the address stands.
     *
     * @param port the real port, or the one asked for while it is not bound
     * @param failure why it could not be bound, if so
     * @param shadowedBy the factory of an overlapping address that is listened on instead, if so
     * @param isHeldByOperator whether nobody serves by command
     * @param accepting whether new connections are accepted, as far as an operator has a say in it
     */
    record Place(
            int port,
            @Nullable BindFailure failure,
            @Nullable FactoryBinding shadowedBy,
            boolean isHeldByOperator,
            boolean accepting) {
        BindingView view(FactoryBinding binding, State state, @Nullable FactoryBinding above, double sharePercent) {
            String host = binding.settings().address().host();
            return new BindingView(binding, state, host, port, failure, above, sharePercent, accepting);
        }
    }

    private final List<FactoryBinding> ranked = new ArrayList<>();
    /** Those of {@link #ranked} that may get connections. */
    private List<FactoryBinding> serving = List.of();
    /** The primary that has taken over what the others had, as long as it is the primary with weight 100 and takeover. */
    private @Nullable FactoryBinding tookOver;

    /** All factories, the highest rank first. */
    List<FactoryBinding> all() {
        return ranked;
    }

    List<FactoryBinding> serving() {
        return serving;
    }

    void add(FactoryBinding binding) {
        ranked.add(binding);
    }

    void remove(FactoryBinding binding) {
        ranked.remove(binding);
    }

    /** Takes all of them off. */
    List<FactoryBinding> removeAll() {
        List<FactoryBinding> removed = List.copyOf(ranked);
        ranked.clear();
        return removed;
    }

    /**
     * Ranks, settings or quarantines have changed, or whether any factory may serve.
     *
     * @return the primary if it takes over the connections of the others now; null if it does not, or has done so before
     */
    @Nullable
    FactoryBinding sort(boolean servable) {
        ranked.sort(Comparator.comparing(FactoryBinding::rank));
        serving = !servable
                ? List.of()
                : ranked.stream()
                        .filter(each -> each.failures.quarantine() == null)
                        .toList();
        FactoryBinding before = tookOver;
        tookOver = takingOver();
        return tookOver == before ? null : tookOver;
    }

    /** The primary, if it has weight 100 and takeover. */
    private @Nullable FactoryBinding takingOver() {
        FactoryBinding primary = primary();
        return primary != null
                        && primary.settings().share().weight() == ALL_PERCENT
                        && primary.settings().share().takeover()
                ? primary
                : null;
    }

    /** The primary: the first factory with weight 100, else the lowest-ranked one that serves; null if none serves. */
    @Nullable
    FactoryBinding primary() {
        for (FactoryBinding each : serving) {
            if (each.settings().share().weight() == ALL_PERCENT) {
                return each;
            }
        }
        return lastServing();
    }

    /** The factory for the next connection; null if none serves. Each call counts as one connection. */
    @Nullable
    FactoryBinding select() {
        for (FactoryBinding each : serving) {
            if (each.admits()) {
                return each;
            }
        }
        return lastServing();
    }

    private @Nullable FactoryBinding lastServing() {
        return serving.isEmpty() ? null : serving.get(serving.size() - 1);
    }

    /** The percentage that a factory admits of the connections that reach it. */
    int admittedPercent(FactoryBinding binding) {
        if (!serving.contains(binding)) {
            return 0;
        }
        return binding == lastServing()
                ? ALL_PERCENT
                : binding.settings().share().weight();
    }

    /** A failing factory is better than none, unless an operator has put it in quarantine. */
    void releaseLastResort() {
        ranked.stream()
                .filter(each -> each.failures.isReleasable())
                .findFirst()
                .ifPresent(each -> each.failures.release());
    }

    /** Adds how each of them stands. */
    void addViews(List<BindingView> views, Place at) {
        double reachingPercent = at.isHeldByOperator() || at.shadowedBy() != null ? 0 : ALL_PERCENT;
        FactoryBinding above = at.shadowedBy();
        for (FactoryBinding each : ranked) {
            int admittedPercent = admittedPercent(each);
            double share = reachingPercent * admittedPercent / ALL_PERCENT;
            views.add(at.view(each, stateOf(each, above, at), above, share));
            reachingPercent -= share;
            if (above == null && admittedPercent == ALL_PERCENT) {
                above = each;
            }
        }
    }

    private static State stateOf(FactoryBinding binding, @Nullable FactoryBinding above, Place at) {
        if (binding.failures.quarantine() != null) {
            return State.QUARANTINED;
        }
        if (at.isHeldByOperator()) {
            return State.HELD;
        }
        return above != null ? State.SHADOWED : at.failure() == null ? State.BOUND : State.FAILED;
    }
}
