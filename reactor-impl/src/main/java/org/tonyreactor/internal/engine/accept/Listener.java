package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.BindFailure;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.HostNames;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.ServerWire;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * The listener of one bound address. An address that cannot be bound is tried again, from {@link #MIN_RETRY_MILLIS}
 * doubling to {@link #MAX_RETRY_MILLIS}. A name is looked up off the loops, and only this listener waits for it. Owner: the
 * acceptor.
 */
final class Listener implements Multiplexer.ReadyHandler {
    /** The events that a listener reports to its endpoint. */
    interface Events {
        /** A peer was accepted. */
        void onAccepted(Wire peer);

        /** A peer could not be accepted: descriptors have run out. */
        void onExhausted(ServerWire listener, IOException cause);

        /** The address was bound after all. */
        void onBound();
    }

    static final long MIN_RETRY_MILLIS = 100;
    static final long MAX_RETRY_MILLIS = 5_000;

    private static final Log LOG = Log.named("org.tonyreactor.endpoint");

    /** Made while there is memory. */
    private final IOException outOfMemory = new IOException("no memory is left");

    private final Acceptor acceptor;
    private final String host;
    private final int port;
    private final Events events;
    private @Nullable ServerWire wire;
    private @Nullable BindFailure failure;
    private @Nullable Timer retry;
    private long retryMillis = MIN_RETRY_MILLIS;
    private int backlog;
    /** How often the name was looked up; an answer to an earlier question counts no more. */
    private int lookups;

    private boolean lookingUp;
    /** The callers that wait for the look-up of the name: those that bind the address meanwhile. */
    private final List<Runnable> waiting = new ArrayList<>();

    private boolean accepting = true;

    Listener(Acceptor acceptor, String host, int port, Events events) {
        this.acceptor = acceptor;
        this.host = host;
        this.port = port;
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
            LOG.debug("{} has just been closed", AddressText.of(host, port), e);
        }
        return InetSocketAddress.createUnresolved(host, port);
    }

    /** The address as it was asked for, with the real port once it is bound. */
    String text() {
        return AddressText.of(host, address().getPort());
    }

    /** Binds the address, now or as soon as it can be; nothing happens when that is done or under way. */
    void open(String name, int connectionsQueued) {
        acceptor.loop().assertOwner();
        backlog = connectionsQueued;
        if (wire == null && retry == null && !lookingUp) {
            bind(name);
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

    /** Frees the address. */
    void close() {
        acceptor.loop().assertOwner();
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        failure = null;
        lookingUp = false;
        tellWaiting();
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
            LOG.warn("closing the listener of {} failed", AddressText.of(host, port), e);
        }
    }

    /** Whoever is left in the backlog sees RST. */
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
            LOG.debug("{}: who waits in its backlog cannot be refused", this, e);
        }
    }

    @Override
    public void onReady(int readyOps) {
        acceptor.loop().assertOwner();
        ServerWire open = wire;
        for (int accepted = 0; open != null && accepting && accepted < acceptor.acceptsPerTurn(); accepted++) {
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

    private void bind(String name) {
        retry = null;
        if (HostNames.isAddress(host)) {
            bindTo(name, null);
        } else {
            lookUp(name);
        }
    }

    /** Only this listener waits for the answer. */
    private void lookUp(String name) {
        lookups++;
        int number = lookups;
        lookingUp = true;
        if (failure == null) {
            failure = BindFailure.lookingUp(host, port);
        }
        Consumer<HostNames.Answer> onAnswer = answer -> onLookedUp(name, number, answer);
        acceptor.names().lookUp(host, answer -> acceptor.self().answer(onAnswer, answer));
    }

    private void onLookedUp(String name, int number, HostNames.Answer answer) {
        if (!lookingUp || number != lookups) {
            return; // It was closed meanwhile.
        }
        lookingUp = false;
        IOException why = answer.failure();
        if (why == null) {
            bindTo(name, answer.addresses().get(0));
        } else {
            failed(name, why);
        }
        events.onBound();
        tellWaiting();
    }

    /** Runs an action once the name is looked up; at once when it is. */
    void whenLookedUp(Runnable action) {
        if (lookingUp) {
            waiting.add(action);
        } else {
            action.run();
        }
    }

    private void tellWaiting() {
        List<Runnable> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Runnable::run);
    }

    private void bindTo(String name, @Nullable InetAddress address) {
        try {
            openWire(address == null ? literal() : new InetSocketAddress(address, port));
            failure = null;
            retryMillis = MIN_RETRY_MILLIS;
            LOG.info("{} listens on {}", name, text());
        } catch (IOException e) {
            failed(name, e);
        }
    }

    private void failed(String name, IOException e) {
        BindFailure why = BindFailure.of(host, port, e);
        if (failure == null || failure.equals(BindFailure.lookingUp(host, port))) {
            LOG.warn("{}: {}", name, why.message());
        }
        failure = why;
        retry = acceptor.loop().schedule(TimeUnit.MILLISECONDS.toNanos(retryMillis), () -> bindAgain(name));
        retryMillis = Math.min(2 * retryMillis, MAX_RETRY_MILLIS);
    }

    private void bindAgain(String name) {
        bind(name);
        if (failure == null) {
            events.onBound();
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

    /** The host is no name, so it needs no look-up. */
    private InetSocketAddress literal() throws IOException {
        return host.equals("*")
                ? new InetSocketAddress(port)
                : new InetSocketAddress(InetAddress.getByName(host), port);
    }

    @Override
    public String toString() {
        return "listener of " + text();
    }
}
