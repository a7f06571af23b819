package org.tonyreactor.internal.engine.accept;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.tonyreactor.internal.engine.binding.BindingView;

/** The only way to the {@link Operator} from another thread: each method sends a mail. */
public final class OperatorProxy {
    /**
     * The outcome of an action.
     *
     * @param found whether there is an endpoint at the address
     * @param done whether the action has succeeded
     */
    public record Outcome(CompletableFuture<Boolean> found, CompletableFuture<Boolean> done) {}

    private final Operator operator;
    private final AcceptorProxy acceptor;

    public OperatorProxy(Acceptor acceptor) {
        this.operator = new Operator(acceptor);
        this.acceptor = acceptor.self();
    }

    public Outcome suspendAccepting(String host, int port, boolean on) {
        return at(host, port, (endpoint, done) -> {
            operator.onSuspendAccepting(endpoint, on);
            done.complete(true);
        });
    }

    /** Stops accepting and ends the connections; what each worker has to do is added to the parts before it is done. */
    public Outcome drain(String host, int port, boolean patiently, List<CompletableFuture<Boolean>> parts) {
        return at(host, port, (endpoint, done) -> {
            parts.addAll(operator.onDrain(endpoint, patiently));
            done.complete(true);
        });
    }

    /** Looks how the factories of an endpoint stand: they are added to the views before it is done. */
    public Outcome look(String host, int port, List<BindingView> views) {
        return at(host, port, (endpoint, done) -> {
            views.addAll(operator.onLook(endpoint));
            done.complete(true);
        });
    }

    /** Holds; how many connections will wait, by each worker and factory, is added to the parts before it is done. */
    public Outcome hold(String host, int port, List<CompletableFuture<Integer>> parts) {
        return at(host, port, (endpoint, done) -> done.complete(operator.onHold(endpoint, parts)));
    }

    /** Hands connections over; how many, by each worker and factory, is added to the parts before it is done. */
    public Outcome handOver(String host, int port, List<CompletableFuture<Integer>> parts) {
        return at(host, port, (endpoint, done) -> {
            parts.addAll(operator.onHandOver(endpoint));
            done.complete(true);
        });
    }

    /** Completes with those who wait for a factory. */
    public CompletableFuture<List<WaitingPeer>> listWaiting() {
        CompletableFuture<List<WaitingPeer>> waiting = new CompletableFuture<>();
        acceptor.send(() -> waiting.complete(operator.onListWaiting()), waiting);
        return waiting;
    }

    /** Completes with whether the service has a binding. */
    public CompletableFuture<Boolean> quarantine(long serviceId, boolean on) {
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        acceptor.send(() -> found.complete(operator.onQuarantine(serviceId, on)), found);
        return found;
    }

    private Outcome at(String host, int port, BiConsumer<BoundAddress, CompletableFuture<Boolean>> action) {
        Outcome outcome = new Outcome(new CompletableFuture<>(), new CompletableFuture<>());
        acceptor.send(
                () -> operator.onFind(host, port, endpoint -> {
                    outcome.found.complete(endpoint != null);
                    if (endpoint == null) {
                        outcome.done.complete(false);
                    } else {
                        action.accept(endpoint, outcome.done);
                    }
                }),
                outcome.done);
        return outcome;
    }
}
