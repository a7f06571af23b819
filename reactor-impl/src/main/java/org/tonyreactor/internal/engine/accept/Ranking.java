package org.tonyreactor.internal.engine.accept;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;

/**
 * The factories of one address in the order of their rank, and which of them serve. A new connection goes down the ranks
 * until a factory admits it, by its weight; the last one admits what reaches it. One in quarantine is passed by.
 *
 * <p>Owner: the acceptor.
 */
final class Ranking {
    static final int ALL_PERCENT = 100;

    private final List<FactoryBinding> ranked = new ArrayList<>();
    /** Those of {@link #ranked} that may get connections. */
    private List<FactoryBinding> serving = List.of();

    /** All of them, the highest rank first. */
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

    /** Ranks, quarantines, or whether anybody may serve, have changed. */
    void sort(boolean servable) {
        ranked.sort(Comparator.comparing(FactoryBinding::rank));
        serving = !servable
                ? List.of()
                : ranked.stream()
                        .filter(each -> each.failures.quarantine() == null)
                        .toList();
    }

    /** The primary: the first factory with weight 100, else the lowest-ranked that serves; null when none does. */
    @Nullable
    FactoryBinding primary() {
        for (FactoryBinding each : serving) {
            if (each.settings().share().weight() == ALL_PERCENT) {
                return each;
            }
        }
        return lastServing();
    }

    /** Who gets the next connection; null when nobody serves. Each call counts as one connection. */
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

    /** Percent of what reaches a factory that it admits. */
    int admittedPercent(FactoryBinding binding) {
        if (!serving.contains(binding)) {
            return 0;
        }
        return binding == lastServing()
                ? ALL_PERCENT
                : binding.settings().share().weight();
    }

    /** A failing server is better than none, unless a person has said otherwise. */
    void releaseLastResort() {
        ranked.stream()
                .filter(each -> each.failures.isReleasable())
                .findFirst()
                .ifPresent(each -> each.failures.release());
    }
}
