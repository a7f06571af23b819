package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One address, its listener, and the factories that want it in the order of their rank; the first gets the new
 * connections. An address that cannot be bound is tried again, from {@link #MIN_RETRY_MILLIS} doubling to
 * {@link #MAX_RETRY_MILLIS}. Owner: the acceptor.
 */
final class Endpoint implements Multiplexer.ReadyHandler {
    static final long MIN_RETRY_MILLIS = 100;
    static final long MAX_RETRY_MILLIS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.endpoint");

    private final Acceptor acceptor;
    private final String host;
    private final int port;
    private final List<FactoryBinding> ranked = new ArrayList<>();
    private @Nullable ServerSocketChannel listener;
    private Multiplexer.@Nullable Registration registration;
    private @Nullable BindFailure failure;
    private @Nullable Timer retry;
    private long retryMillis = MIN_RETRY_MILLIS;

    Endpoint(Acceptor acceptor, String host, int port) {
        this.acceptor = acceptor;
        this.host = host;
        this.port = port;
    }

    /** Whether a factory that asks for an address shares this endpoint. Any free port is shared by nobody. */
    boolean serves(String otherHost, int otherPort) {
        return port != 0 && port == otherPort && host.equals(otherHost);
    }

    boolean isEmpty() {
        return ranked.isEmpty();
    }

    boolean has(FactoryBinding binding) {
        return ranked.contains(binding);
    }

    void add(FactoryBinding binding) {
        ranked.add(binding);
        sort();
        if (listener == null && retry == null) {
            bind();
        }
    }

    void remove(FactoryBinding binding) {
        ranked.remove(binding);
        if (ranked.isEmpty()) {
            close();
        }
    }

    /** The rank of a factory has changed: the best one gets the new connections from now on. */
    void sort() {
        ranked.sort(Comparator.comparing(FactoryBinding::rank));
    }

    /** The address, with the real port once it is bound. */
    InetSocketAddress address() {
        try {
            ServerSocketChannel open = listener;
            if (open != null && open.getLocalAddress() instanceof InetSocketAddress bound) {
                return bound;
            }
        } catch (IOException e) {
            LOG.debug("{}:{} has just been closed", host, port, e);
        }
        return InetSocketAddress.createUnresolved(host, port);
    }

    void addViews(List<BindingView> views) {
        int realPort = address().getPort();
        for (FactoryBinding binding : ranked) {
            BindingView.State state = binding != ranked.get(0)
                    ? BindingView.State.SHADOWED
                    : failure == null ? BindingView.State.BOUND : BindingView.State.FAILED;
            views.add(new BindingView(binding, state, host, realPort, failure));
        }
    }

    @Override
    public void onReady(int readyOps) {
        ServerSocketChannel open = listener;
        for (int accepted = 0; open != null && accepted < acceptor.acceptsPerTurn(); accepted++) {
            try {
                SocketChannel channel = open.accept();
                if (channel == null) {
                    return;
                }
                acceptor.onAccepted(channel, ranked.get(0));
            } catch (IOException e) {
                acceptor.onExhausted(open, this, e);
                return;
            }
        }
    }

    /** Stops or goes on accepting; peers wait in the backlog meanwhile. */
    void accepting(boolean on) {
        if (registration != null) {
            registration.interest(on ? SelectionKey.OP_ACCEPT : 0);
        }
    }

    private void bind() {
        retry = null;
        try {
            open();
            failure = null;
            retryMillis = MIN_RETRY_MILLIS;
            LOG.info("{} listens on {}", ranked.get(0), address());
        } catch (IOException e) {
            if (failure == null) {
                LOG.warn("{}: {}", ranked.get(0), BindFailure.of(host, port, e).message());
            }
            failure = BindFailure.of(host, port, e);
            retry = acceptor.loop().schedule(TimeUnit.MILLISECONDS.toNanos(retryMillis), this::onRetry);
            retryMillis = Math.min(2 * retryMillis, MAX_RETRY_MILLIS);
        }
    }

    private void open() throws IOException {
        ServerSocketChannel opened = ServerSocketChannel.open();
        try {
            opened.bind(resolve(), ranked.get(0).settings().backlog());
            opened.configureBlocking(false);
            registration = acceptor.loop().multiplexer().register(opened, SelectionKey.OP_ACCEPT, this);
            listener = opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        } catch (RuntimeException e) {
            opened.close();
            throw new IOException(e.getMessage(), e);
        }
    }

    private InetSocketAddress resolve() throws IOException {
        return host.equals("*")
                ? new InetSocketAddress(port)
                : new InetSocketAddress(InetAddress.getByName(host), port);
    }

    private void onRetry() {
        bind();
        if (failure == null) {
            acceptor.publish();
        }
    }

    private void close() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        ServerSocketChannel open = listener;
        if (open == null) {
            return;
        }
        LOG.info("{} is no longer listened on", address());
        listener = null;
        registration = null;
        try {
            open.close();
            acceptor.loop().multiplexer().reap(); // The port is free when this returns.
        } catch (IOException e) {
            LOG.warn("closing the listener of {}:{} failed", host, port, e);
        }
    }

    @Override
    public String toString() {
        return "endpoint " + host + ":" + port;
    }
}
