package org.tonyreactor.internal.engine.accept;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Clock;

/**
 * Tells the log how many connections of each factory have ended since they reached a limit, summed up: peers could have a
 * line for each at will. Owner: the acceptor.
 */
final class LimitLog {
    /** How often it is summed up. */
    static final long PERIOD_MILLIS = 60_000;

    private static final Log LOG = Log.named("org.tonyreactor.endpoint");

    /** How many there were. */
    private record Ends(long inputOverflows, long slowConsumers, long idleTimeouts) {
        static final Ends NONE = new Ends(0, 0, 0);

        static Ends of(FactoryBinding binding) {
            return new Ends(binding.inputOverflows(), binding.slowConsumers(), binding.idleTimeouts());
        }

        Ends since(Ends before) {
            return new Ends(
                    inputOverflows - before.inputOverflows,
                    slowConsumers - before.slowConsumers,
                    idleTimeouts - before.idleTimeouts);
        }
    }

    private final Clock clock;
    private final Map<FactoryBinding, Ends> told = new HashMap<>();
    private long lookedNanos;

    LimitLog(Clock clock) {
        this.clock = clock;
        this.lookedNanos = clock.nanoTime();
    }

    /** Sums up for all factories that there are, and for those that have gone since. */
    void sumUp(List<BindingView> views) {
        Set<FactoryBinding> present = new HashSet<>();
        views.forEach(each -> present.add(each.binding()));
        present.forEach(each -> told.putIfAbsent(each, Ends.NONE));
        told.keySet().forEach(this::tell);
        told.keySet().retainAll(present);
        lookedNanos = clock.nanoTime();
    }

    /** Sums up for a factory that has gone. */
    void onGone(FactoryBinding binding) {
        tell(binding);
        told.remove(binding);
    }

    private void tell(FactoryBinding binding) {
        Ends now = Ends.of(binding);
        Ends fresh = now.since(told.getOrDefault(binding, Ends.NONE));
        if (fresh.equals(Ends.NONE)) {
            return;
        }
        told.put(binding, now);
        LOG.info(
                "{} of {}: {} connection(s) ended by INPUT_OVERFLOW, {} by SLOW_CONSUMER, {} by IDLE_TIMEOUT within {} s",
                binding,
                binding.rank().owner(),
                fresh.inputOverflows,
                fresh.slowConsumers,
                fresh.idleTimeouts,
                TimeUnit.NANOSECONDS.toSeconds(clock.nanoTime() - lookedNanos));
    }
}
