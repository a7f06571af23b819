package org.tonyreactor.internal.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.tonyreactor.internal.engine.accept.OperatorProxy;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.connection.ConnectionView;
import org.tonyreactor.internal.engine.connection.WorkerGroup;
import org.tonyreactor.internal.engine.wire.AddressText;

/**
 * The entry for operators: looks at connections and acts on endpoints. Any thread may call; a call waits for the engine,
 * for a bounded time, but not on a thread of the engine itself. An endpoint is named by its host and real port.
 */
public final class EngineControl {
    private final Engine engine;
    private final OperatorProxy operator;
    private final WorkerGroup workers;

    EngineControl(Engine engine, OperatorProxy operator, WorkerGroup workers) {
        this.engine = engine;
        this.operator = operator;
        this.workers = workers;
    }

    /** The connections of this moment, in the order of their ids. */
    public List<ConnectionView> connections() {
        List<CompletableFuture<List<ConnectionView>>> parts = workers.list();
        engine.waits().await(parts, 0, "listing connections");
        List<ConnectionView> views = new ArrayList<>();
        parts.forEach(part -> views.addAll(now(part, List.of())));
        views.sort(Comparator.comparingLong(ConnectionView::id));
        return views;
    }

    /** Closes a connection after its pending output. Returns whether there was one. */
    public boolean closeConnection(long id) {
        List<CompletableFuture<Boolean>> parts = workers.closeConnection(id);
        engine.waits().await(parts, 0, "closing connection " + id);
        return parts.stream().anyMatch(part -> now(part, false));
    }

    /** Stops or goes on accepting. */
    public void suspendAccepting(String host, int port, boolean on) {
        await(host, port, 0, operator.suspendAccepting(host, port, on));
    }

    /** Stops accepting and ends the connections, which may first finish their work. */
    public void drain(String host, int port, boolean patiently) {
        long drainMillis = engine.bindings().stream()
                .mapToLong(view -> view.binding().settings().limits().drainTimeoutMillis())
                .max()
                .orElse(0);
        await(host, port, drainMillis, operator.drain(host, port, patiently));
    }

    /** Suspends the connections that can be, and lets new peers wait. */
    public void hold(String host, int port) {
        if (!await(host, port, 0, operator.hold(host, port))) {
            throw new IllegalArgumentException(
                    AddressText.of(host, port) + " cannot be held: its hold time (reactor.hold.timeout.millis) is 0,"
                            + " it is held already, or it is not bound");
        }
    }

    /** Hands connections over to the primary factory. Returns how many. */
    public int handOver(String host, int port) {
        List<CompletableFuture<Integer>> parts = new ArrayList<>();
        await(host, port, 0, operator.handOver(host, port, parts));
        engine.waits().await(parts, 0, "handing over connections of " + AddressText.of(host, port));
        return parts.stream().mapToInt(part -> now(part, 0)).sum();
    }

    /**
     * Hands over to a factory, at any address, the connections that are suspended in a holder or are about to be.
     *
     * @return whether no peer waits at the holder's address any more
     */
    public boolean moveHeld(FactoryBinding holder, FactoryBinding to) {
        boolean moved = engine.waits().await(workers.handOver(holder, to), 0, "moving what is held to " + to);
        return moved && holder.waitingConnections() == 0;
    }

    /** Puts the factory of a service in quarantine, or lets it out. */
    public void quarantine(long serviceId, boolean on) {
        CompletableFuture<Boolean> found = operator.quarantine(serviceId, on);
        engine.waits().await(List.of(found), 0, "quarantine of service " + serviceId);
        if (!now(found, true)) {
            throw new IllegalArgumentException("no factory with service.id " + serviceId + " is bound");
        }
    }

    /**
     * Waits for an action. Returns false if it has failed; an action that is not finished, or not waited for, has not
     * failed.
     */
    private boolean await(String host, int port, long drainMillis, OperatorProxy.Outcome outcome) {
        engine.waits()
                .await(
                        List.of(outcome.found(), outcome.done()),
                        drainMillis,
                        "an operation on " + AddressText.of(host, port));
        if (!now(outcome.found(), true)) {
            throw new IllegalArgumentException("no endpoint is bound to " + AddressText.of(host, port));
        }
        return now(outcome.done(), true);
    }

    /** The answer, or another one when it did not come in time. */
    private static <T> T now(CompletableFuture<T> part, T otherwise) {
        return part.isCompletedExceptionally() ? otherwise : part.getNow(otherwise);
    }
}
