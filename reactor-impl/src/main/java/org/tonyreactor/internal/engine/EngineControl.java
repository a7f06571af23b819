package org.tonyreactor.internal.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.tonyreactor.internal.engine.accept.OperatorProxy;
import org.tonyreactor.internal.engine.accept.WaitingPeer;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.connection.ConnectionView;
import org.tonyreactor.internal.engine.connection.WorkerGroup;
import org.tonyreactor.internal.engine.wire.AddressText;

/**
 * The entry for operators: looks at connections and acts on endpoints. Any thread may call; a call waits for the engine,
 * for a bounded time, but not on a thread of the engine itself. An endpoint is named by its host and real port.
 *
 * <p>A worker that a callback holds up answers late, or never. A look names it; an action that depends on it ends in an
 * {@link IllegalStateException}, stands, and is done when that worker goes on.
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

    /** The connections of this moment, in the order of their ids, the peers that wait, and whose are missing. */
    public ConnectionListView list() {
        List<CompletableFuture<List<ConnectionView>>> parts = workers.list();
        CompletableFuture<List<WaitingPeer>> waiting = operator.listWaiting();
        List<CompletableFuture<?>> all = new ArrayList<>(parts);
        all.add(waiting);
        engine.waits().look(all);
        List<ConnectionView> views = new ArrayList<>();
        parts.forEach(part -> views.addAll(now(part, List.of())));
        views.sort(Comparator.comparingLong(ConnectionView::id));
        List<String> missing = new ArrayList<>(workers.unanswered(parts));
        missing.addAll(unanswered(waiting));
        return new ConnectionListView(views, now(waiting, List.of()), missing);
    }

    /** Those of the workers that have answered. */
    public List<ConnectionView> connections() {
        return list().connections();
    }

    /**
     * Closes a connection after its pending output. Returns whether there was one.
     *
     * @throws IllegalStateException when a worker that may have it has not answered in time; it closes it when it goes on
     */
    public boolean closeConnection(long id) {
        List<CompletableFuture<Boolean>> parts = workers.closeConnection(id);
        engine.waits().await(firstTrue(parts), "closing connection " + id);
        boolean closed = parts.stream().anyMatch(part -> now(part, false));
        if (!closed) {
            requireAnswers(workers.unanswered(parts));
        }
        return closed;
    }

    /** Stops or goes on accepting. */
    public void suspendAccepting(String host, int port, boolean on) {
        await(host, port, operator.suspendAccepting(host, port, on));
    }

    /**
     * Stops accepting and ends the connections, which may first finish their work.
     *
     * @throws IllegalStateException if a worker has not answered in time; connections on it are still open
     */
    public void drain(String host, int port, boolean patiently) {
        List<CompletableFuture<Boolean>> parts = new ArrayList<>();
        await(host, port, operator.drain(host, port, patiently, parts));
        long drainMillis = (patiently ? bindingsAt(host, port) : List.<BindingView>of())
                .stream()
                        .mapToLong(view -> view.binding().settings().limits().drainTimeoutMillis())
                        .max()
                        .orElse(0);
        awaitEach(parts, drainMillis, "draining " + AddressText.of(host, port));
    }

    /** How the factories of an endpoint stand, in whatever way its host is spelled; none when there is no such endpoint. */
    public List<BindingView> bindingsAt(String host, int port) {
        List<BindingView> views = new ArrayList<>();
        OperatorProxy.Outcome looked = operator.look(host, port, views);
        boolean done = engine.waits().await(looked.done(), "looking for " + AddressText.of(host, port));
        return done ? views : List.of();
    }

    /**
     * Suspends the connections that can be, and lets new peers wait.
     *
     * @throws IllegalStateException if a worker has not answered in time; connections on it are not suspended yet
     */
    public void hold(String host, int port) {
        List<CompletableFuture<Integer>> parts = new ArrayList<>();
        if (!await(host, port, operator.hold(host, port, parts))) {
            throw new IllegalArgumentException(
                    AddressText.of(host, port) + " cannot be held: its hold time (reactor.hold.timeout.millis) is 0,"
                            + " it is held already, or it is not bound");
        }
        awaitEach(parts, 0, "holding " + AddressText.of(host, port));
    }

    /**
     * Hands connections over to the primary factory. Returns how many.
     *
     * @throws IllegalStateException if a worker has not answered in time; the others have handed theirs over
     */
    public int handOver(String host, int port) {
        List<CompletableFuture<Integer>> parts = new ArrayList<>();
        await(host, port, operator.handOver(host, port, parts));
        awaitEach(parts, 0, "handing over connections of " + AddressText.of(host, port));
        return parts.stream().mapToInt(part -> now(part, 0)).sum();
    }

    /** Puts the factory of a service in quarantine, or lets it out. */
    public void quarantine(long serviceId, boolean on) {
        CompletableFuture<Boolean> found = operator.quarantine(serviceId, on);
        engine.waits().await(found, "quarantine of service " + serviceId);
        requireAnswer(found);
        if (!now(found, true)) {
            throw new IllegalArgumentException("no factory with service.id " + serviceId + " is bound");
        }
    }

    /**
     * Waits for an action. Returns false if it has failed; an action that is not waited for has not failed.
     *
     * @throws IllegalStateException if the acceptor has not answered in time
     */
    private boolean await(String host, int port, OperatorProxy.Outcome outcome) {
        engine.waits()
                .await(List.of(outcome.found(), outcome.done()), 0, "an operation on " + AddressText.of(host, port));
        if (!now(outcome.found(), true)) {
            throw new IllegalArgumentException("no endpoint is bound to " + AddressText.of(host, port));
        }
        requireAnswer(outcome.done());
        return now(outcome.done(), true);
    }

    /** Waits for what each worker has to do. On a thread of the engine nobody waits, and nothing is known yet. */
    private void awaitEach(List<? extends CompletableFuture<?>> parts, long drainMillis, String what) {
        if (engine.waits().mayWait()) {
            engine.waits().await(parts, drainMillis, what);
            requireAnswers(workers.unanswered(parts));
        }
    }

    private void requireAnswer(CompletableFuture<?> outcome) {
        requireAnswers(unanswered(outcome));
    }

    private static List<String> unanswered(CompletableFuture<?> ofAcceptor) {
        return ofAcceptor.isDone() ? List.of() : List.of(Engine.ACCEPTOR);
    }

    /** Fails when somebody was waited for in vain. */
    private void requireAnswers(List<String> unanswered) {
        if (!unanswered.isEmpty() && engine.waits().mayWait()) {
            throw new IllegalStateException(
                    "not answered in time by " + String.join(", ", unanswered) + ", which does it when it goes on");
        }
    }

    /** Done when one has said yes, or all have said something. */
    private static CompletableFuture<?> firstTrue(List<CompletableFuture<Boolean>> parts) {
        CompletableFuture<Boolean> yes = new CompletableFuture<>();
        for (CompletableFuture<Boolean> part : parts) {
            CompletableFuture<Void> unused = part.thenAccept(said -> {
                if (said) {
                    yes.complete(true);
                }
            });
        }
        return CompletableFuture.anyOf(yes, CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0])));
    }

    /** The answer, or another one when it did not come in time. */
    private static <T> T now(CompletableFuture<T> part, T otherwise) {
        return part.isCompletedExceptionally() ? otherwise : part.getNow(otherwise);
    }
}
