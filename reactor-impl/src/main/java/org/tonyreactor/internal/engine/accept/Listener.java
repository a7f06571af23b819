package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.BindFailure;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.internal.engine.wire.ListenAddress;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * The listener of one bound address. An address that cannot be bound is tried again, from {@link #MIN_RETRY_MILLIS}
 * doubling to {@link #MAX_RETRY_MILLIS}. Owner: the acceptor.
 */
final class Listener implements Multiplexer.ReadyHandler {
    /** The events that a listener reports to its endpoint. */
    interface Events {
        /** A peer was accepted. */
        void onAccepted(Wire peer);

        /** A peer could not be accepted: descriptors have run out. */
        void onExhausted(ServerWire listener, IOException cause);

        /** The address is about to be bound again; the listener's owner runs the action as soon as that may be. */
        void onRetry(Runnable bindAgain);

        /** Binding was tried again, after a failure. */
        void onRetried(BindFailure before);
    }

    static final long MIN_RETRY_MILLIS = 100;
    static final long MAX_RETRY_MILLIS = 5_000;

    private static final Log LOG = Log.named("org.tonyreactor.endpoint");

    /** Made while there is memory. */
    private final IOException outOfMemory = new IOException("no memory is left");

    private final Acceptor acceptor;
    private final String host;
    private final Events events;
    /** The address that is bound, now or next; its port is 0 where any will do. */
    private ListenAddress wanted;

    private @Nullable ServerWire wire;
    private @Nullable BindFailure failure;
    private @Nullable Timer retry;
    /** Between the time to try again and the try. */
    private boolean retrying;

    private long retryMillis = MIN_RETRY_MILLIS;
    private String name = "";
    private int backlog;
    private boolean accepting = true;

    /**
     * @param host the host as it was asked for
     */
    Listener(Acceptor acceptor, String host, ListenAddress wanted, Events events) {
        this.acceptor = acceptor;
        this.host = host;
        this.wanted = wanted;
        this.events = events;
    }

    boolean isOpen() {
        return wire != null;
    }

    /** Why the address is not bound, though it should be. */
    @Nullable
    BindFailure failure() {
        return failure;
    }

    /** The address, with the real port once it is bound. */
    InetSocketAddress address() {
        try {
            ServerWire open = wire;
            if (open != null && open.localAddress() instanceof InetSocketAddress bound) {
                return bound;
            }
        } catch (IOException e) {
            LOG.debug("{} has just been closed", AddressText.of(host, wanted.port()), e);
        }
        return InetSocketAddress.createUnresolved(host, wanted.port());
    }

    /** The address, with the real port while it is bound, and the requested one otherwise. */
    ListenAddress at() {
        return wanted.withPort(address().getPort());
    }

    /** Binds the port that it has now also the next time, though any will do until now. */
    void keepPort() {
        wanted = at();
    }

    /** The address as it was asked for, with the real port once it is bound. */
    String text() {
        return AddressText.of(host, address().getPort());
    }

    /** Binds the address, now or as soon as it can be; nothing happens when that is done or under way. */
    void open(String endpoint, int connectionsQueued) {
        acceptor.loop().assertOwner();
        name = endpoint;
        backlog = connectionsQueued;
        if (wire == null && retry == null && !retrying) {
            bind();
        }
    }

    /** Stops or resumes accepting; while it is stopped, peers wait in the backlog. */
    void accepting(boolean on) {
        acceptor.loop().assertOwner();
        if (accepting != on) {
            accepting = on;
            if (wire != null) {
                wire.accepting(on);
            }
        }
    }

    /** Accepts all peers that are connected already, as many as the kernel queues: closing would reset them. */
    void acceptQueued() {
        acceptor.loop().assertOwner();
        accept(backlog, true);
    }

    /** Frees the address, and binds it no more until it is opened. */
    void close() {
        acceptor.loop().assertOwner();
        forgetRetry();
        ServerWire open = wire;
        if (open == null) {
            return;
        }
        LOG.info("{} is no longer listened on", text());
        wire = null;
        refuseWaiting(open);
        try {
            open.close(); // The port is free when this returns.
        } catch (IOException e) {
            LOG.warn("closing the listener of {} failed", AddressText.of(host, wanted.port()), e);
        }
    }

    /** Ends the peers that wait in the backlog; those beyond the bound see RST. */
    private void refuseWaiting(ServerWire closing) {
        try {
            for (int refused = 0; refused < RefusedPeers.MAX_LINGERING; refused++) {
                Wire peer = closing.accept();
                if (peer == null) {
                    return;
                }
                acceptor.refusals().refuse(peer);
            }
        } catch (IOException e) {
            LOG.debug("{}: the peers in its backlog cannot be refused", this, e);
        }
    }

    /** The next {@link #open} binds at once. */
    void forgetRetry() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        retrying = false;
        failure = null;
    }

    @Override
    public void onReady(int readyOps) {
        acceptor.loop().assertOwner();
        accept(acceptor.acceptsPerTurn(), false);
    }

    private void accept(int most, boolean evenIfPaused) {
        ServerWire open = wire;
        for (int accepted = 0; open != null && accepted < most && (accepting || evenIfPaused); accepted++) {
            try {
                Wire peer = open.accept();
                if (peer == null) {
                    return;
                }
                events.onAccepted(peer);
            } catch (IOException e) {
                events.onExhausted(open, e);
                return;
            } catch (OutOfMemoryError e) {
                events.onExhausted(open, outOfMemory);
                return;
            }
        }
    }

    private void bind() {
        try {
            openWire(wanted.toSocketAddress());
            failure = null;
            retryMillis = MIN_RETRY_MILLIS;
            LOG.info("{} listens on {}", name, text());
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        BindFailure why = BindFailure.of(host, wanted.port(), e);
        if (failure == null) {
            LOG.warn("{}: {}", name, why.message());
        }
        failure = why;
        retry = acceptor.loop().schedule(TimeUnit.MILLISECONDS.toNanos(retryMillis), this::onRetry);
        retryMillis = Math.min(2 * retryMillis, MAX_RETRY_MILLIS);
    }

    private void onRetry() {
        retry = null;
        retrying = true;
        events.onRetry(this::bindAgain);
    }

    private void bindAgain() {
        BindFailure before = failure;
        if (retrying && before != null) { // Else it was closed meanwhile.
            retrying = false;
            bind();
            events.onRetried(before);
        }
    }

    private void openWire(InetSocketAddress address) throws IOException {
        ServerWire opened = acceptor.network().listen(address, backlog);
        try {
            opened.accepting(accepting);
            opened.attach(acceptor.loop().multiplexer(), this);
            wire = opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return "listener of " + text();
    }
}
