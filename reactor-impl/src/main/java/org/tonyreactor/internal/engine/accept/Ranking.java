package org.tonyreactor.internal.engine.accept;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;

/**
 * The factories of one address in the order of their rank, and which of them serve. A new connection goes down the ranks
 * until a factory admits it, by its weight; the last one admits all that reach it. A factory in quarantine is skipped.
 *
 * <p>Owner: the acceptor.
 */
final class Ranking {
    static final int ALL_PERCENT = 100;

    private final List<FactoryBinding> ranked = new ArrayList<>();
    /** Those of {@link #ranked} that may get connections. */
    private List<FactoryBinding> serving = List.of();

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

    /** Ranks or quarantines have changed, or whether any factory may serve. */
    void sort(boolean servable) {
        ranked.sort(Comparator.comparing(FactoryBinding::rank));
        serving = !servable
                ? List.of()
                : ranked.stream()
                        .filter(each -> each.failures.quarantine() == null)
                        .toList();
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
}
