package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.PendingConnection;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Peer;

/**
 * A connection on its way out. Its outcome is decided once, by whoever comes first: the worker or {@link #cancel}. Any
 * thread.
 */
public final class ConnectAttempt implements PendingConnection, Origin {
    private final SocketAddress remote;
    private final ProtocolFactory factory;
    private final CompletableFuture<Protocol> outcome = new CompletableFuture<>();

    public ConnectAttempt(SocketAddress remote, ProtocolFactory factory) {
        this.remote = remote;
        this.factory = factory;
    }

    @Override
    public boolean isWanted() {
        return !outcome.isDone();
    }

    @Override
    public void begin(Connection connection) {
        connection.enter(Phase.CONNECTING);
        try {
            Wire opened = connection.worker().network().connect(remote);
            connection.assign(opened);
            if (opened.finishConnect()) {
                connection.onConnected();
            } else {
                connection.attachWire(true);
                connection.watchLimit();
            }
        } catch (IOException e) {
            connection.broken(e);
        } catch (RuntimeException | Error e) {
            connection.lose(Doing.CONNECTING, e);
        }
    }

    @Override
    public @Nullable Protocol build(FactoryBinding from, int worker, Peer peer) throws Exception {
        return factory.buildProtocol(peer);
    }

    @Override
    public boolean isAccepted() {
        return false;
    }

    @Override
    public void onMade(Protocol protocol, @Nullable Throwable thrown) {
        if (thrown == null) {
            outcome.complete(protocol);
        } else {
            fail(thrown);
        }
    }

    public void fail(Throwable cause) {
        outcome.completeExceptionally(cause);
    }

    /** Its connection has ended; nothing happens when the attempt had succeeded. */
    @Override
    public void onEnded(CloseReason why) {
        Throwable cause = why.cause();
        if (why.kind() == Kind.REFUSED) {
            cause = new IOException("the factory gave no protocol");
        } else if (cause == null) {
            cause = new IOException("the connection was ended before it was made: " + why.message());
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
