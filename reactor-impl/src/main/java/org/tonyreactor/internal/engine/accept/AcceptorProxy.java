package org.tonyreactor.internal.engine.accept;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.ConnectAttempt;
import org.tonyreactor.internal.engine.loop.Countdown;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.HostNames;

/** The only way to the {@link Acceptor} from another thread: each method sends a mail. */
public final class AcceptorProxy {
    private final Acceptor acceptor;
    private final EventLoop loop;

    public AcceptorProxy(Acceptor acceptor) {
        this.acceptor = acceptor;
        this.loop = acceptor.loop();
    }

    public CompletableFuture<InetSocketAddress> bind(FactoryBinding binding) {
        CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
        send(() -> acceptor.onBind(binding, bound::complete), bound);
        return bound;
    }

    /** Gives a binding all that is held for a service at addresses that it has left, as soon as the binding is bound. */
    public CompletableFuture<@Nullable Void> moveHeld(long leftBy, FactoryBinding to) {
        return tell(() -> acceptor.onMoveHeld(leftBy, to));
    }

    public CompletableFuture<@Nullable Void> rerank(FactoryBinding binding, Rank rank) {
        return tell(() -> acceptor.onRerank(binding, rank));
    }

    public CompletableFuture<@Nullable Void> unbind(FactoryBinding binding) {
        return tell(() -> acceptor.onUnbind(binding));
    }

    public CompletableFuture<@Nullable Void> update(FactoryBinding binding) {
        return tell(() -> acceptor.onUpdate(binding));
    }

    /**
     * Unbinds, and hands over or drains the connections; completes when nothing of the factory runs or is referenced any
     * more. When it may hold, the address waits for the next factory.
     */
    public CompletableFuture<@Nullable Void> close(FactoryBinding binding, boolean mayHold, long timeoutNanos) {
        CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
        send(() -> acceptor.onClose(binding, mayHold, timeoutNanos, () -> closed.complete(null)), closed);
        return closed;
    }

    public CompletableFuture<@Nullable Void> stop() {
        return tell(acceptor::onStop);
    }

    /** Completes when no peer that was turned away lingers any more, or at a time limit. */
    public CompletableFuture<@Nullable Void> refusalsOver(long limitNanos) {
        CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
        send(() -> acceptor.refusals().whenNone(limitNanos, () -> over.complete(null)), over);
        return over;
    }

    public void connect(ConnectAttempt attempt, FactoryBinding binding) {
        if (!loop.post(() -> acceptor.onConnect(attempt, binding))) {
            attempt.neverMade(new IllegalStateException("the acceptor has ended, or its mailbox is full"));
        }
    }

    public void settings(EngineSettings settings) {
        loop.post(() -> acceptor.onSettings(settings));
    }

    /** A name is looked up. */
    void answer(Consumer<HostNames.Answer> onAnswer, HostNames.Answer answer) {
        loop.post(() -> onAnswer.accept(answer));
    }

    /** A connection of a binding has failed. */
    void failure(FactoryBinding binding) {
        loop.post(() -> acceptor.onFailure(binding));
    }

    /** The workers have handed connections over. */
    void handedOver(Runnable action) {
        loop.post(action);
    }

    /** A worker has done its part of what the acceptor waits for. */
    void countDown(Countdown parts) {
        loop.post(parts);
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

    /** Sends a mail; the outcome fails when there is no room for it. */
    void send(Runnable mail, CompletableFuture<?> outcome) {
        if (!loop.post(mail)) {
            outcome.completeExceptionally(new IllegalStateException("the acceptor's mailbox is full"));
        }
    }
}
