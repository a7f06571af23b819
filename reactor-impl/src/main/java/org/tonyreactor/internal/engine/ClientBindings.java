package org.tonyreactor.internal.engine;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.reactor.ConnectSettings;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;
import org.tonyreactor.reactor.EndpointSettings.Limits;

/**
 * The bindings of the outgoing connections of one user of the reactor. Connections with equal settings have one binding,
 * which lives as long as there are such connections. Any thread.
 */
final class ClientBindings {
    /** A binding, and the number of its connections and attempts. */
    private record InUse(FactoryBinding binding, int count) {}

    private final ConcurrentMap<EndpointSettings, InUse> inUse = new ConcurrentHashMap<>();
    private final Function<EndpointSettings, FactoryBinding> newBinding;

    ClientBindings(Function<EndpointSettings, FactoryBinding> newBinding) {
        this.newBinding = newBinding;
    }

    /** The binding for one more connection; {@link #release} follows. */
    FactoryBinding acquire(ConnectSettings settings) {
        InUse mine = inUse.compute(
                bindingSettings(settings),
                (wanted, before) -> before == null
                        ? new InUse(newBinding.apply(wanted), 1)
                        : new InUse(before.binding, before.count + 1));
        return mine.binding;
    }

    /** A connection has ended. */
    void release(FactoryBinding binding) {
        inUse.computeIfPresent(
                binding.settings(),
                (settings, before) -> before.count == 1 ? null : new InUse(before.binding, before.count - 1));
    }

    /** Those of all connections and attempts. */
    List<FactoryBinding> all() {
        return inUse.values().stream().map(InUse::binding).toList();
    }

    private static EndpointSettings bindingSettings(ConnectSettings settings) {
        return EndpointSettings.DEFAULTS
                .withAddress(Address.DEFAULTS.withName(settings.name()))
                .withLimits(Limits.DEFAULTS
                        .withIdleTimeoutMillis(settings.idleTimeoutMillis())
                        .withInputMaxBytes(settings.inputMaxBytes())
                        .withInputEndedTimeoutMillis(settings.inputEndedTimeoutMillis()))
                .withOutput(settings.output())
                .withTcp(settings.tcp());
    }
}
