package org.tonyreactor.internal.whiteboard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.transport.ScheduledCall;

/**
 * One factory service, from its registration until it is gone: keeps the endpoints that the engine serves equal to the
 * properties of the service.
 *
 * <p>Any thread. The monitor guards all state; it is held while the engine binds and unbinds (its own threads,
 * bounded), and never while the service is got, given back or drained. Each call of {@link #refresh} reads the
 * properties anew under the monitor, so the last call to enter serves the newest properties, in any order of the
 * events. One thread at a time gets the service. If it has got the service only after {@link #close}, it gives the
 * service back.
 */
final class ServedFactory {
    /** How long a service that could not be got is left alone, at first; it doubles up to the most, since each try may log. */
    static final long MIN_RETRY_MILLIS = 100;

    static final long MAX_RETRY_MILLIS = 300_000;

    private static final Log LOG = Log.named("org.tonyreactor.whiteboard");

    private final OfferedFactory offered;
    private final ServingContext context;
    private final Map<Address, FactoryBinding> bindings = new LinkedHashMap<>();
    /** Bindings that the service has moved away from; their connections stay open. */
    private final List<FactoryBinding> unbound = new ArrayList<>();

    private final Set<String> warned = new HashSet<>();

    private volatile List<FailedEndpointDTO> failures = List.of();
    /** The last served declaration, of this service or of the service that it has replaced. */
    private @Nullable EndpointDeclaration lastGood;
    /** Whose addresses this service may have left: its own, or those of the one in whose place it came. */
    private long leftBy;

    private @Nullable ProtocolFactory factory;
    private @Nullable ScheduledCall retry;
    private long retryMillis = MIN_RETRY_MILLIS;
    /** Why it could not be got, as the log has it. */
    private GetFailure told = GetFailure.NONE;

    private boolean getting;
    private boolean changedWhileGetting;
    private boolean gone;

    /** An address as it was requested; port 0 stands for the free port that was found. */
    private record Address(String host, int port) {}

    ServedFactory(OfferedFactory offered, ServingContext context) {
        this.offered = offered;
        this.context = context;
        lastGood = context.predecessors().claim(offered);
        leftBy = offered.serviceId();
        if (lastGood != null) {
            warned.addAll(lastGood.warnings());
            leftBy = lastGood.rank().serviceId();
        }
    }

    /** Why it is not served, as far as the engine does not know it. */
    List<FailedEndpointDTO> failures() {
        return failures;
    }

    /** Serves what the properties ask for now. When this returns, it is done, or another thread is doing it. */
    void refresh() {
        if (applyProperties()) {
            get();
        }
        context.changes().increment();
    }

    /** Ends all that it serves, waits until the connections are drained, and gives the service back. */
    void close() {
        List<FactoryBinding> last;
        ProtocolFactory got;
        synchronized (this) {
            if (gone) {
                return;
            }
            gone = true;
            cancelRetry();
            if (lastGood != null) {
                context.predecessors().remember(offered, lastGood);
            }
            last = new ArrayList<>(bindings.values());
            last.addAll(unbound);
            bindings.clear();
            unbound.clear();
            failures = List.of();
            got = factory;
            factory = null;
        }
        if (!last.isEmpty()) {
            context.engine().closeForSuccessor(last);
        }
        if (got != null) {
            context.leaks().watch(got);
            offered.unget();
        }
        context.changes().increment();
    }

    private void get() {
        ProtocolFactory got = null;
        String problem = "the registry gave none";
        try {
            got = offered.get();
        } catch (Throwable e) {
            problem = "it threw " + e;
            LOG.debug("getting service {} threw", offered.serviceId(), e);
        }
        if (got == null) {
            onNotGot(GetFailure.of(offered, problem));
        } else if (isGoneAt(got)) {
            offered.unget();
        }
    }

    /** Returns true when the service that was got has to be given back at once, because it is gone. */
    private synchronized boolean isGoneAt(ProtocolFactory got) {
        getting = false;
        if (!gone) {
            factory = got;
            retryMillis = MIN_RETRY_MILLIS;
            told = GetFailure.NONE;
            applyProperties();
        }
        return gone;
    }

    private synchronized void onNotGot(GetFailure failure) {
        getting = false;
        if (gone) {
            return;
        }
        EndpointDeclaration declaration = declaration();
        failures = declaration.endpoints().stream()
                .map(endpoint -> notGettable(endpoint, declaration.rank(), failure))
                .toList();
        if (!failure.equals(told)) {
            told = failure;
            LOG.warn("{} {}", declaration.name(), failure);
        }
        if (failure.mayPass() || changedWhileGetting) {
            retry = context.timers().callLater(Duration.ofMillis(retryMillis), () -> BundleCalls.run(this::refresh));
            retryMillis = Math.min(2 * retryMillis, MAX_RETRY_MILLIS);
        }
    }

    /**
     * Serves what the properties ask for, if the service has been got. Returns true when the caller has to get it
     * first.
     */
    private synchronized boolean applyProperties() {
        if (gone || getting) {
            changedWhileGetting = true;
            return false;
        }
        cancelRetry();
        EndpointDeclaration declaration = declaration();
        report(declaration);
        if (factory == null && !declaration.endpoints().isEmpty()) {
            getting = true;
            changedWhileGetting = false;
            return true;
        }
        if (factory != null) {
            serve(factory, declaration);
        }
        return false;
    }

    private void serve(ProtocolFactory served, EndpointDeclaration declaration) {
        Set<Address> before = Set.copyOf(bindings.keySet());
        Map<Address, EndpointSettings> wanted = new LinkedHashMap<>();
        for (EndpointSettings endpoint : declaration.endpoints()) {
            wanted.put(new Address(endpoint.address().host(), endpoint.address().port()), endpoint);
        }
        wanted.forEach((address, endpoint) -> {
            FactoryBinding binding = bindings.get(address);
            if (binding == null) {
                bindings.put(address, context.engine().bind(endpoint, declaration.rank(), served));
            } else {
                update(binding, endpoint, declaration.rank());
            }
        });
        unbindAllBut(wanted.keySet());
        bindings.forEach((address, binding) -> {
            if (!before.contains(address)) {
                context.engine().moveHeld(leftBy, binding);
                leftBy = offered.serviceId(); // All that was left belongs to this service now.
            }
        });
    }

    private void update(FactoryBinding binding, EndpointSettings endpoint, Rank rank) {
        if (!binding.settings().equals(endpoint)) {
            context.engine().update(binding, endpoint);
        }
        if (!binding.rank().equals(rank)) {
            context.engine().rerank(binding, rank);
        }
    }

    /** Unbinds all other addresses; a new address is bound before the old one is unbound. */
    private void unbindAllBut(Set<Address> wanted) {
        Iterator<Map.Entry<Address, FactoryBinding>> each = bindings.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Address, FactoryBinding> entry = each.next();
            if (!wanted.contains(entry.getKey())) {
                each.remove();
                context.engine().unbind(entry.getValue());
                unbound.add(entry.getValue());
            }
        }
        List<FactoryBinding> empty = unbound.stream()
                .filter(binding -> binding.openConnections() == 0)
                .toList();
        if (!empty.isEmpty()) {
            context.engine().close(empty);
            unbound.removeAll(empty);
        }
    }

    /** The declaration to serve: that of the properties, or the last good one if something in them is wrong. */
    private EndpointDeclaration declaration() {
        EndpointDeclaration asked = context.reader().read(offered.properties()).ofBundle(offered.bundleVersion());
        EndpointDeclaration good = lastGood;
        if (asked.failures().isEmpty()) {
            lastGood = asked.endpoints().isEmpty() ? null : asked;
            return asked;
        }
        boolean isServed =
                good != null && (!bindings.isEmpty() || context.predecessors().isAlive(good));
        return good != null && isServed ? asked.fallBackTo(good) : asked;
    }

    private void report(EndpointDeclaration declaration) {
        List<FailedEndpointDTO> before = failures;
        List<FailedEndpointDTO> now = declaration.failures().stream()
                .map(failure -> failure.toDTO(declaration.rank()))
                .toList();
        failures = now;
        now.stream()
                .filter(failure -> before.stream().noneMatch(known -> known.message.equals(failure.message)))
                .forEach(failure -> LOG.warn(
                        "{} {}: {}",
                        failure.name,
                        declaration.endpoints().isEmpty() ? "is not served" : "does not get what it asks for",
                        failure.message));
        declaration.warnings().stream()
                .filter(warned::add)
                .forEach(warning -> LOG.warn("{}: {}", declaration.name(), warning));
    }

    private FailedEndpointDTO notGettable(EndpointSettings endpoint, Rank rank, GetFailure failure) {
        return new FailedEndpoint(
                        endpoint.address().name(),
                        endpoint.address().host(),
                        endpoint.address().port(),
                        FailedEndpointDTO.REASON_SERVICE_NOT_GETTABLE,
                        "service " + rank.serviceId() + " of bundle " + rank.bundleId() + " " + failure)
                .toDTO(rank);
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
    }
}
