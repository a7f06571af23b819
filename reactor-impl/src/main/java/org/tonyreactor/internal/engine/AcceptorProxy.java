package org.tonyreactor.internal.engine;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The only way to the {@link Acceptor} from another thread: each method sends a mail. */
final class AcceptorProxy {
    private final Acceptor acceptor;
    private final EventLoop loop;

    AcceptorProxy(Acceptor acceptor) {
        this.acceptor = acceptor;
        this.loop = acceptor.loop();
    }

    CompletableFuture<InetSocketAddress> bind(FactoryBinding binding) {
        CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
        send(() -> bound.complete(acceptor.onBind(binding)), bound);
        return bound;
    }

    CompletableFuture<@Nullable Void> rerank(FactoryBinding binding, Rank rank) {
        return tell(() -> acceptor.onRerank(binding, rank));
    }

    CompletableFuture<@Nullable Void> unbind(FactoryBinding binding) {
        return tell(() -> acceptor.onUnbind(binding));
    }

    CompletableFuture<@Nullable Void> update(FactoryBinding binding) {
        return tell(() -> acceptor.onUpdate(binding));
    }

    /**
     * Unbinds, and hands over or drains the connections; completes when nothing of the factory runs or is referenced any
     * more. When it may hold, the address waits for the next factory.
     */
    CompletableFuture<@Nullable Void> close(FactoryBinding binding, boolean mayHold, long timeoutNanos) {
        CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
        send(() -> acceptor.onClose(binding, mayHold, timeoutNanos, () -> closed.complete(null)), closed);
        return closed;
    }

    CompletableFuture<@Nullable Void> stop() {
        return tell(acceptor::onStop);
    }

    void connect(ConnectAttempt attempt, FactoryBinding binding) {
        loop.post(() -> acceptor.onConnect(attempt, binding));
    }

    void settings(EngineSettings settings) {
        loop.post(() -> acceptor.onSettings(settings));
    }

    /** Sends an action; the result completes when it has been done. */
    private CompletableFuture<@Nullable Void> tell(Runnable action) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        send(
                () -> {
                    action.run();
                    done.complete(null);
                },
                done);
        return done;
    }

    private void send(Runnable mail, CompletableFuture<?> outcome) {
        if (!loop.post(mail)) {
            outcome.completeExceptionally(new IllegalStateException("the acceptor's mailbox is full"));
        }
    }
}
