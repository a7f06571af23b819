package org.tonyreactor.internal.engine.accept;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;

/**
 * Factories that are served at another address than before, and get what waits at the one that they have left: as soon as
 * they are bound, which may be later, when the new address was taken first. The old port is free then. Owner: the acceptor.
 */
final class Moves {
    private final BoundAddresses addresses;
    /** Bound: those that have an address or wait for one. */
    private final Set<FactoryBinding> awaited = new LinkedHashSet<>();

    Moves(BoundAddresses addresses) {
        this.addresses = addresses;
    }

    /** A binding has all that is held for a service at addresses that it has left, from now on. */
    void expect(long leftBy, FactoryBinding to) {
        for (BoundAddress left : leftFor(leftBy)) {
            FactoryBinding holder = left.holder();
            if (holder != null) {
                holder.rerank(to.rank());
            }
        }
        awaited.add(to);
    }

    /** Moves what can be moved. Returns whether an address has become free. */
    boolean make() {
        awaited.removeIf(to -> !addresses.has(to));
        boolean freed = false;
        for (FactoryBinding to : List.copyOf(awaited)) {
            BoundAddress target = boundAt(to);
            if (target != null) {
                awaited.remove(to);
                freed = moveAll(to, target) || freed;
            }
        }
        return freed;
    }

    private boolean moveAll(FactoryBinding to, BoundAddress target) {
        boolean freed = false;
        for (BoundAddress left : leftFor(to.rank().serviceId())) {
            if (left != target) {
                left.moveTo(target, to);
                addresses.removeIfEmpty(left);
                freed = true;
            }
        }
        return freed;
    }

    /** The addresses that are held for a service, and that nobody else wants. */
    private List<BoundAddress> leftFor(long serviceId) {
        return addresses.all().stream()
                .filter(each -> each.isHeld() && each.ranking().all().isEmpty())
                .filter(each -> isOf(each.holder(), serviceId))
                .toList();
    }

    private static boolean isOf(@Nullable FactoryBinding holder, long serviceId) {
        return holder != null && holder.rank().serviceId() == serviceId;
    }

    private @Nullable BoundAddress boundAt(FactoryBinding binding) {
        return addresses.of(binding).stream()
                .filter(each -> each.isListening() && stateOf(binding, each) == State.BOUND)
                .findFirst()
                .orElse(null);
    }

    private static State stateOf(FactoryBinding binding, BoundAddress address) {
        List<BindingView> views = new ArrayList<>();
        address.addViews(views);
        return views.stream()
                .filter(each -> each.binding() == binding)
                .findFirst()
                .orElseThrow()
                .state();
    }
}
