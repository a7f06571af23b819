package org.tonyreactor.internal.engine;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.Connecting;

/**
 * A connection on its way out. Its outcome is decided once, by whoever comes first: the worker or {@link #cancel}. Any
 * thread.
 */
final class ConnectAttempt implements Connecting {
    private final SocketAddress remote;
    private final ProtocolFactory factory;
    private final CompletableFuture<Protocol> outcome = new CompletableFuture<>();

    ConnectAttempt(SocketAddress remote, ProtocolFactory factory) {
        this.remote = remote;
        this.factory = factory;
    }

    SocketAddress remote() {
        return remote;
    }

    ProtocolFactory factory() {
        return factory;
    }

    boolean isDone() {
        return outcome.isDone();
    }

    void succeed(Protocol protocol) {
        outcome.complete(protocol);
    }

    void fail(Throwable cause) {
        outcome.completeExceptionally(cause);
    }

    @Override
    public CompletionStage<Protocol> connected() {
        return outcome.minimalCompletionStage();
    }

    @Override
    public boolean cancel() {
        return outcome.cancel(false);
    }
}
