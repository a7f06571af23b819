package org.tonyreactor.internal.engine;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.Peer;

/**
 * One factory on one address: what every connection that came through it refers to. It lives from bind until its last
 * connection has ended; then it forgets the factory, so that nothing of the factory's bundle is referenced any more.
 *
 * <p>Any thread reads it. Settings are replaced as a whole; each counter and each pool has the single writer named.
 */
public final class FactoryBinding {
    /** What a worker counts and keeps for this binding. Owner: that worker; counters are for any thread to read. */
    static final class Share {
        final Counter refused = new Counter();
        final Counter bytesIn = new Counter();
        final Counter bytesOut = new Counter();
        final Counter errors = new Counter();
        final ProtocolPool pool = new ProtocolPool();
    }

    /** Written by the acceptor. */
    final Counter accepted = new Counter();
    /** Written by the acceptor: connections open now. */
    final Counter connections = new Counter();
    /** Written by the acceptor: connections over the limit. */
    final Counter refusedByLimit = new Counter();

    private final Share[] shares;
    private volatile Rank rank;
    private volatile EndpointSettings settings;
    private volatile @Nullable ProtocolFactory factory;

    FactoryBinding(EndpointSettings settings, Rank rank, @Nullable ProtocolFactory factory, int workers) {
        this.settings = settings;
        this.rank = rank;
        this.factory = factory;
        this.shares = new Share[workers];
        for (int i = 0; i < workers; i++) {
            shares[i] = new Share();
        }
    }

    /** How the factory stands against others of the same address, and whose it is. */
    public Rank rank() {
        return rank;
    }

    /** Stands differently from now on. By the acceptor, which sorts its endpoint afterwards. */
    void rerank(Rank changed) {
        rank = changed;
    }

    /** The settings of this moment. */
    public EndpointSettings settings() {
        return settings;
    }

    /** Applies other settings to what is live; a changed address is not looked at here. */
    void update(EndpointSettings changed) {
        settings = changed;
    }

    /** The endpoint's name, made of the address when none was given. */
    public String name() {
        EndpointSettings current = settings;
        return current.name().isEmpty() ? current.host() + ":" + current.port() : current.name();
    }

    Share share(int worker) {
        return shares[worker];
    }

    /** A protocol for a new connection; null refuses it. On the worker that will own it. */
    @Nullable
    Protocol newProtocol(int worker, Peer peer) throws Exception {
        Protocol pooled = shares[worker].pool.take();
        if (pooled != null) {
            return pooled;
        }
        ProtocolFactory current = factory;
        return current == null ? null : current.buildProtocol(peer);
    }

    /** Lets go of the factory. When no connection refers to this binding any more. */
    void forgetFactory() {
        factory = null;
    }

    /** Connections open now. */
    public long openConnections() {
        return connections.get();
    }

    /** Connections accepted. */
    public long acceptedConnections() {
        return accepted.get();
    }

    /** Connections refused by limit, by a null protocol or by a factory that threw. */
    public long refusedConnections() {
        long sum = refusedByLimit.get();
        for (Share share : shares) {
            sum += share.refused.get();
        }
        return sum;
    }

    /** Bytes read. */
    public long bytesIn() {
        long sum = 0;
        for (Share share : shares) {
            sum += share.bytesIn.get();
        }
        return sum;
    }

    /** Bytes written. */
    public long bytesOut() {
        long sum = 0;
        for (Share share : shares) {
            sum += share.bytesOut.get();
        }
        return sum;
    }

    /** Callbacks that threw. */
    public long errors() {
        long sum = 0;
        for (Share share : shares) {
            sum += share.errors.get();
        }
        return sum;
    }

    @Override
    public String toString() {
        return name();
    }
}
