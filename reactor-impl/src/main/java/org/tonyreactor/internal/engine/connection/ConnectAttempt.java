package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.HostNames;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.ConnectSettings;
import org.tonyreactor.reactor.PendingConnection;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Peer;

/**
 * The attempt to connect to a server: its name is looked up, and its addresses are tried one after another, each for an
 * equal share of the remaining time. The outcome is decided once, by the first of the worker and {@link #cancel}.
 *
 * <p>Any thread may use the outcome; everything else belongs to the worker of the connection.
 */
public final class ConnectAttempt implements PendingConnection, Origin {
    private final SocketAddress remote;
    private final ConnectSettings settings;
    private final ProtocolFactory factory;
    private final HostNames names;
    private final Runnable whenOver;
    private final CompletableFuture<Protocol> outcome = new CompletableFuture<>();

    /** The way to the worker that has it. Written before that looks whether it is wanted, and read after it is no more. */
    private volatile @Nullable WorkerProxy worker;

    /** Until it is made, or has ended. */
    private @Nullable Connection connection;

    private final ArrayDeque<SocketAddress> untried = new ArrayDeque<>();
    private final List<IOException> failures = new ArrayList<>();
    private long beganNanos;
    /** Whom the present step waits for. */
    private SocketAddress asked;

    /** When the present step has begun, and how long it may take. */
    private long stepBeganNanos;

    private long stepNanos;
    private boolean over;

    /**
     * Begins nothing yet.
     *
     * @param whenOver told once, on a thread of the engine, when its connection has ended or has never come to be
     */
    public ConnectAttempt(
            SocketAddress remote,
            ConnectSettings settings,
            ProtocolFactory factory,
            HostNames names,
            Runnable whenOver) {
        this.remote = remote;
        this.asked = remote;
        this.settings = settings;
        this.factory = factory;
        this.names = names;
        this.whenOver = whenOver;
    }

    @Override
    public boolean isWanted() {
        return !outcome.isDone();
    }

    // On the worker.

    @Override
    public void begin(Connection begun) {
        WorkerProxy proxy = begun.worker().self();
        connection = begun;
        worker = proxy;
        beganNanos = begun.loop().nowNanos();
        begun.enter(Phase.CONNECTING);
        if (!isWanted()) {
            begun.end(CloseReason.of(Kind.ABORTED));
        } else if (remote instanceof InetSocketAddress named && named.isUnresolved()) {
            beginStep(begun, 1);
            names.lookUp(named.getHostString(), answer -> proxy.run(() -> onAnswer(named.getPort(), answer)));
        } else {
            untried.add(remote);
            tryNext(begun);
        }
    }

    private void onAnswer(int port, HostNames.Answer answer) {
        Connection trying = connection;
        if (trying == null || trying.phase() != Phase.CONNECTING || !isWanted()) {
            return;
        }
        if (answer.failure() != null) {
            failures.add(answer.failure());
        }
        for (InetAddress address : answer.addresses()) {
            untried.add(new InetSocketAddress(address, port));
        }
        tryNext(trying);
    }

    /** Opens a wire to the next address that does not fail at once; without one the attempt has failed. */
    private void tryNext(Connection trying) {
        try {
            while (leftNanos(trying) > 0 && !untried.isEmpty()) {
                beginStep(trying, untried.size());
                if (opens(trying, untried.remove())) {
                    return;
                }
            }
            trying.broken(failure());
        } catch (RuntimeException | Error e) {
            trying.lose(Doing.CONNECTING, e);
        }
    }

    private boolean opens(Connection trying, SocketAddress address) {
        asked = address;
        try {
            Wire opened = trying.worker().network().connect(address, settings.localAddress());
            trying.assign(opened);
            if (!isConnected(trying)) {
                trying.attachWire(true);
            }
            return true;
        } catch (IOException e) {
            failed(trying, e);
            return false;
        }
    }

    private boolean isConnected(Connection trying) throws IOException {
        if (!trying.wire().finishConnect()) {
            return false;
        }
        if (settings.tcp().keepalive()) {
            trying.wire().keepAlive(true);
        }
        trying.onConnected();
        return true;
    }

    @Override
    public void onConnectReady(Connection trying) {
        try {
            boolean unused = isConnected(trying);
        } catch (IOException e) {
            failed(trying, e);
            tryNext(trying);
        }
    }

    @Override
    public void onConnectTimeout(Connection trying) {
        String what = trying.wireOrNull() == null ? "no address was found for " : "no answer came from ";
        long millis = TimeUnit.NANOSECONDS.toMillis(stepNanos);
        failed(trying, new SocketTimeoutException(what + AddressText.of(asked) + " within " + millis + " ms"));
        tryNext(trying);
    }

    private void failed(Connection trying, IOException why) {
        failures.add(why);
        trying.dropWire();
    }

    /** The last failure, with those before it. */
    private IOException failure() {
        IOException last = failures.get(failures.size() - 1);
        for (IOException each : failures) {
            if (each != last) {
                last.addSuppressed(each);
            }
        }
        return last;
    }

    private void beginStep(Connection trying, int stepsLeft) {
        stepNanos = Math.max(1, leftNanos(trying) / stepsLeft);
        stepBeganNanos = trying.loop().nowNanos();
        trying.watchLimit();
    }

    private long leftNanos(Connection trying) {
        long elapsedNanos = trying.loop().nowNanos() - beganNanos;
        return TimeUnit.MILLISECONDS.toNanos(settings.timeoutMillis()) - elapsedNanos;
    }

    @Override
    public long connectLeftNanos(long nowNanos) {
        return stepNanos - (nowNanos - stepBeganNanos);
    }

    @Override
    public @Nullable Protocol build(FactoryBinding from, int index, Peer peer) throws Exception {
        try {
            Protocol built = factory.buildProtocol(peer);
            if (built == null) {
                fail(new IOException("the factory gave no protocol"));
            }
            return built;
        } catch (Throwable e) {
            fail(e);
            throw e;
        }
    }

    @Override
    public boolean isAccepted() {
        return false;
    }

    @Override
    public void onMade(Protocol protocol, @Nullable Throwable thrown) {
        Connection made = connection;
        connection = null;
        if (thrown != null) {
            fail(thrown);
        } else if (!outcome.complete(protocol) && made != null) {
            made.end(CloseReason.of(Kind.ABORTED)); // It was cancelled meanwhile.
        }
    }

    /** Its connection has ended; nothing happens to the outcome when the attempt had succeeded. */
    @Override
    public void onEnded(CloseReason why) {
        connection = null;
        Throwable cause = why.cause();
        neverMade(cause != null ? cause : new IOException("it was ended before it was made: " + why.message()));
    }

    private void onCancelled() {
        Connection cancelled = connection;
        if (cancelled != null) {
            cancelled.end(CloseReason.of(Kind.ABORTED));
        }
    }

    // Any thread.

    /** It has no connection any more, or was given to no worker. By the thread that has it. */
    public void neverMade(Throwable cause) {
        fail(cause);
        if (!over) {
            over = true;
            whenOver.run();
        }
    }

    private void fail(Throwable cause) {
        outcome.completeExceptionally(cause);
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
        if (!outcome.completeExceptionally(new CancellationException("the connect was cancelled"))) {
            return false;
        }
        WorkerProxy has = worker;
        if (has != null) {
            has.run(this::onCancelled);
        }
        return true;
    }
}
