package org.tonyreactor.internal.engine.accept;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Clock;

/**
 * Tells the log how many connections of each factory have ended, or were refused, since a limit was reached, summed up: peers could have a
 * line for each at will. Owner: the acceptor.
 */
final class LimitLog {
    /** How often it is summed up. */
    static final long PERIOD_MILLIS = 60_000;

    private static final Log LOG = Log.named("org.tonyreactor.endpoint");

    /** One limit: what is said of the connections that have reached it, and how many there were. */
    private record Limit(String said, ToLongFunction<FactoryBinding> reached) {}

    private static final List<Limit> LIMITS = List.of(
            new Limit("ended by INPUT_OVERFLOW", FactoryBinding::inputOverflows),
            new Limit("ended by SLOW_CONSUMER", FactoryBinding::slowConsumers),
            new Limit("ended by IDLE_TIMEOUT", FactoryBinding::idleTimeouts),
            new Limit("ended by TIMEOUT_FIRST_BYTE", FactoryBinding::firstByteTimeouts),
            new Limit("refused by the limit for one peer", binding -> binding.refusedByPeerLimit.get()),
            new Limit("refused by rate", binding -> binding.refusedByRate.get()));

    private final Clock clock;
    private final Map<FactoryBinding, long[]> told = new HashMap<>();
    private long lookedNanos;

    LimitLog(Clock clock) {
        this.clock = clock;
        this.lookedNanos = clock.nanoTime();
    }

    /** Sums up for all factories that there are, and for those that have gone since. */
    void sumUp(List<BindingView> views) {
        Set<FactoryBinding> present = new HashSet<>();
        views.forEach(each -> present.add(each.binding()));
        present.forEach(each -> told.putIfAbsent(each, new long[LIMITS.size()]));
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
        long[] before = told.computeIfAbsent(binding, fresh -> new long[LIMITS.size()]);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            long now = LIMITS.get(i).reached.applyAsLong(binding);
            if (now != before[i]) {
                parts.add((now - before[i]) + " " + LIMITS.get(i).said);
                before[i] = now;
            }
        }
        if (!parts.isEmpty()) {
            LOG.info(
                    "{} of {}: of its connections, {} within {} s",
                    binding,
                    binding.rank().owner(),
                    String.join(", ", parts),
                    TimeUnit.NANOSECONDS.toSeconds(clock.nanoTime() - lookedNanos));
        }
    }
}
