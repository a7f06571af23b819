package org.tonyreactor.internal.engine.accept;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.FailureWatch.Quarantine;
import org.tonyreactor.internal.engine.connection.DrainRequest;
import org.tonyreactor.internal.engine.loop.HostNames;
import org.tonyreactor.internal.engine.wire.ListenAddress;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * The commands of a person for endpoints while they serve. Everything here belongs to the acceptor's thread; others go
 * through {@link OperatorProxy}.
 */
public final class Operator {
    private final Acceptor acceptor;

    public Operator(Acceptor acceptor) {
        this.acceptor = acceptor;
    }

    /**
     * Finds the endpoint at an address, by its real port, in whatever spelling. A name by which nobody has asked for it is
     * looked up first.
     *
     * @param found told of the endpoint, now or soon; of null when there is none
     */
    public void onFind(String host, int port, Consumer<@Nullable BoundAddress> found) {
        acceptor.loop().assertOwner();
        BoundAddress known = acceptor.addresses().at(host, port);
        if (known != null || HostNames.literal(host) != null) {
            found.accept(known);
            return;
        }
        acceptor.lookups()
                .ask(
                        host,
                        answer -> found.accept(
                                answer.addresses().isEmpty()
                                        ? null
                                        : acceptor.addresses()
                                                .at(ListenAddress.of(
                                                        answer.addresses().get(0), port))));
    }

    /** How the factories of an endpoint stand. */
    public List<BindingView> onLook(BoundAddress endpoint) {
        List<BindingView> views = new ArrayList<>();
        endpoint.addViews(views);
        return views;
    }

    public void onSuspendAccepting(BoundAddress endpoint, boolean on) {
        acceptor.loop().assertOwner();
        endpoint.suspendAccepting(on);
        acceptor.publish();
    }

    /**
     * Stops accepting and ends the connections of an endpoint's factories, which stay, and those that wait for a factory.
     * Each worker says when it is done with each of these.
     */
    public List<CompletableFuture<Boolean>> onDrain(BoundAddress endpoint, boolean patiently) {
        acceptor.loop().assertOwner();
        endpoint.suspendAccepting(true);
        FactoryBinding holder = endpoint.expireHold(); // There is no factory any more for which the peers could wait.
        if (endpoint.ranking().all().isEmpty()) {
            endpoint.close();
            acceptor.addresses().removeIfEmpty(endpoint);
        }
        acceptor.publish();
        List<CompletableFuture<Boolean>> parts = new ArrayList<>();
        for (FactoryBinding binding : endpoint.ranking().all()) {
            parts.addAll(drain(binding, patiently ? binding.settings().limits().drainTimeoutMillis() : 0));
        }
        if (holder != null) {
            parts.addAll(drain(holder, 0));
        }
        return parts;
    }

    private List<CompletableFuture<Boolean>> drain(FactoryBinding binding, long millis) {
        return acceptor.workers()
                .drainEach(new DrainRequest(
                        binding, null, Kind.CLOSED_BY_OPERATOR, TimeUnit.MILLISECONDS.toNanos(millis), false));
    }

    /**
     * Suspends the connections of an endpoint and lets new peers wait.
     *
     * @param parts gets how many connections will wait, by each worker and factory
     * @return false when it cannot be held
     */
    public boolean onHold(BoundAddress endpoint, List<CompletableFuture<Integer>> parts) {
        acceptor.loop().assertOwner();
        FactoryBinding holder = endpoint.holdByOperator();
        if (holder != null) {
            parts.addAll(endpoint.handOverTo(holder));
        }
        acceptor.publish();
        return holder != null;
    }

    /** Hands connections over to the primary factory; returns how many, by each worker and factory. */
    public List<CompletableFuture<Integer>> onHandOver(BoundAddress endpoint) {
        acceptor.loop().assertOwner();
        FactoryBinding primary = endpoint.ranking().primary();
        return primary == null ? List.of() : endpoint.handOverTo(primary);
    }

    /** Those who wait for a factory, at all endpoints. */
    public List<WaitingPeer> onListWaiting() {
        acceptor.loop().assertOwner();
        return acceptor.addresses().all().stream()
                .flatMap(each -> each.waitingPeers().stream())
                .toList();
    }

    /** Puts a service's bindings in quarantine, or lets them out. Returns whether there are any. */
    public boolean onQuarantine(long serviceId, boolean on) {
        acceptor.loop().assertOwner();
        boolean found = false;
        for (BoundAddress endpoint : acceptor.addresses().all()) {
            for (FactoryBinding binding : List.copyOf(endpoint.ranking().all())) {
                if (binding.rank().serviceId() == serviceId) {
                    found = true;
                    if (on) {
                        endpoint.quarantine(binding, new Quarantine("an operator has said so", true));
                    } else {
                        endpoint.release(binding);
                    }
                }
            }
        }
        acceptor.publish();
        return found;
    }
}
