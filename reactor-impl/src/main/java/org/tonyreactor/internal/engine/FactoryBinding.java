package org.tonyreactor.internal.engine;

import java.util.function.Function;
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
        /** Connections lost because a callback or the factory threw. */
        final Counter failed = new Counter();
        /** Connections that ended, or went to another binding. */
        final Counter left = new Counter();
        /** Of those that left: the ones that went to another binding. */
        final Counter suspended = new Counter();
        /** Connections that came from another binding. */
        final Counter joined = new Counter();

        final ProtocolPool pool = new ProtocolPool();
    }

    /** Written by the acceptor. */
    final Counter accepted = new Counter();
    /** Written by the acceptor: connections given to a worker, the client's own included. */
    final Counter assigned = new Counter();
    /** Written by the acceptor: connections over the limit. */
    final Counter refusedByLimit = new Counter();

    /** Written by the acceptor: peers that are accepted and wait for a factory. */
    final Counter waiting = new Counter();
    /** Whether it may get connections, and why not. Owner: the acceptor. */
    final FailureWatch failures = new FailureWatch(this);

    private final Share[] shares;
    private volatile Rank rank;
    private volatile EndpointSettings settings;
    private volatile @Nullable ProtocolFactory factory;
    /** Percent that it is owed of the connections that have reached it. Owner: the acceptor. */
    private int creditPercent;

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

    /** Whether there is a factory: not in a binding that only keeps connections for the next one. */
    public boolean hasFactory() {
        return factory != null;
    }

    /** Why it is in quarantine; null when it is not. */
    public @Nullable String quarantineReason() {
        FailureWatch.Quarantine why = failures.quarantine();
        return why == null ? null : why.reason();
    }

    /** Whether it takes the connection that reaches it, by its weight; each call is one connection. On the acceptor. */
    boolean takesNext() {
        creditPercent += settings.weight();
        boolean takes = creditPercent >= 100;
        if (takes) {
            creditPercent -= 100;
        }
        return takes;
    }

    /** Connections open now, those that wait for a factory included. */
    public long openConnections() {
        long left = leftConnections(); // First: who has left had come before.
        return assigned.get() + resumedConnections() - left;
    }

    /** Connections that ended, or went to another binding. */
    long leftConnections() {
        return sum(share -> share.left);
    }

    /** Connections that came from another binding. */
    public long resumedConnections() {
        return sum(share -> share.joined);
    }

    /** Connections that went to another binding. */
    public long suspendedConnections() {
        return sum(share -> share.suspended);
    }

    /** Peers that are accepted and wait for a factory. */
    public long waitingConnections() {
        return waiting.get();
    }

    /** Connections lost because a callback or the factory threw. */
    public long failedConnections() {
        return sum(share -> share.failed);
    }

    /** Connections accepted. */
    public long acceptedConnections() {
        return accepted.get();
    }

    /** Connections refused by limit, by a null protocol or by a factory that threw. */
    public long refusedConnections() {
        return refusedByLimit.get() + sum(share -> share.refused);
    }

    /** Bytes read. */
    public long bytesIn() {
        return sum(share -> share.bytesIn);
    }

    /** Bytes written. */
    public long bytesOut() {
        return sum(share -> share.bytesOut);
    }

    /** Callbacks that threw. */
    public long errors() {
        return sum(share -> share.errors);
    }

    private long sum(Function<Share, Counter> counter) {
        long sum = 0;
        for (Share share : shares) {
            sum += counter.apply(share).get();
        }
        return sum;
    }

    @Override
    public String toString() {
        return name();
    }
}
