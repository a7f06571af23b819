package org.tonyreactor.internal.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.FailureWatch.Quarantine;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * What a person may do to endpoints while they serve. Everything here belongs to the acceptor's thread; others go through
 * {@link EngineControl}.
 */
final class Operator {
    private final Acceptor acceptor;

    Operator(Acceptor acceptor) {
        this.acceptor = acceptor;
    }

    /** The endpoint at an address, by its real port; null when there is none. */
    @Nullable
    Endpoint endpointAt(String host, int port) {
        return acceptor.endpoints().stream()
                .filter(each -> each.isAt(host, port))
                .findFirst()
                .orElse(null);
    }

    void onSuspendAccepting(Endpoint endpoint, boolean on) {
        endpoint.suspendAccepting(on);
        acceptor.publish();
    }

    /** Stops accepting and ends the connections of an endpoint's factories, which stay; done is told on the acceptor. */
    void onDrain(Endpoint endpoint, boolean patiently, Runnable done) {
        endpoint.suspendAccepting(true);
        endpoint.giveUpHold(); // Who waits has nobody to wait for any more.
        if (endpoint.ranked().isEmpty()) {
            endpoint.close();
            acceptor.removeIfEmpty(endpoint);
        }
        acceptor.publish();
        List<FactoryBinding> bindings = List.copyOf(endpoint.ranked());
        List<WorkerProxy> workers = acceptor.workers();
        Countdown all = new Countdown(workers.size() * bindings.size(), done);
        for (FactoryBinding binding : bindings) {
            long millis = patiently ? binding.settings().drainTimeoutMillis() : 0;
            DrainOrder order =
                    new DrainOrder(binding, null, Kind.SERVICE_GONE, TimeUnit.MILLISECONDS.toNanos(millis), false);
            workers.forEach(worker -> worker.drain(order, () -> acceptor.loop().post(all::countDown)));
        }
    }

    /** Suspends the connections of an endpoint and lets new peers wait. Returns false when it cannot be held. */
    boolean onHold(Endpoint endpoint) {
        FactoryBinding holder = endpoint.holdByOperator();
        if (holder != null) {
            endpoint.handOverTo(holder);
        }
        acceptor.publish();
        return holder != null;
    }

    /** Hands connections over to the factory that stands first; how many, by each worker and factory. */
    List<CompletableFuture<Integer>> onHandOver(Endpoint endpoint) {
        FactoryBinding main = endpoint.main();
        return main == null ? List.of() : endpoint.handOverTo(main);
    }

    /** Puts a service's bindings in quarantine, or lets them out. Returns whether there are any. */
    boolean onQuarantine(long serviceId, boolean on) {
        boolean found = false;
        for (Endpoint endpoint : acceptor.endpoints()) {
            for (FactoryBinding binding : List.copyOf(endpoint.ranked())) {
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
