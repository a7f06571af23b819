package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.PendingConnection;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * A connection on its way out. Its outcome is decided once, by whoever comes first: the worker or {@link #cancel}. Any
 * thread.
 */
final class ConnectAttempt implements PendingConnection {
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

    /** Its connection has ended; nothing happens when the attempt had succeeded. */
    void onEnded(CloseReason why) {
        Throwable cause = why.cause();
        if (why.kind() == Kind.REFUSED) {
            cause = new IOException("the factory gave no protocol");
        } else if (cause == null) {
            cause = new IOException("the reactor is closing: " + why.kind());
        }
        fail(cause);
    }

    @Override
    public CompletionStage<Protocol> connected() {
        // Not a dependent stage, which would wrap the failure in a CompletionException. The caller's own: what it does
        // to
        // this future is no concern of the attempt.
        CompletableFuture<Protocol> told = new CompletableFuture<>();
        CompletableFuture<Protocol> unused = outcome.whenComplete((protocol, cause) -> {
            if (cause == null) {
                told.complete(protocol);
            } else {
                told.completeExceptionally(cause);
            }
        });
        return told;
    }

    @Override
    public boolean cancel() {
        return outcome.completeExceptionally(new CancellationException("the connect was cancelled"));
    }
}
