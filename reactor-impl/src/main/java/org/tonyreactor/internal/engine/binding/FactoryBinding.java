package org.tonyreactor.internal.engine.binding;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.loop.Counter;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.Peer;

/**
 * One factory on one address. Every connection that came through it refers to it. It lives from bind until its last
 * connection has ended. Then it forgets the factory, so nothing of the factory's bundle is referenced any more.
 *
 * <p>Any thread reads it. Settings are replaced as a whole; each counter and each pool names its single writer.
 */
public final class FactoryBinding {

    /** Written by the acceptor. */
    public final Counter accepted = new Counter();
    /** Written by the acceptor: connections given to a worker, the client's own included. */
    public final Counter assigned = new Counter();
    /** Written by the acceptor: connections over the limit. */
    public final Counter refusedByLimit = new Counter();
    /** Written by the acceptor: connections of peers that had as many as one may have. */
    public final Counter refusedByPeerLimit = new Counter();
    /** Written by the acceptor: connections that came too fast. */
    public final Counter refusedByRate = new Counter();

    /** Written by the acceptor: peers that are accepted and wait for a factory. */
    public final Counter waiting = new Counter();
    /** Whether it may get connections, and why not. Owner: the acceptor. */
    public final FailureWatch failures = new FailureWatch(this);

    private final WorkerCounters[] counters;
    private volatile Rank rank;
    private volatile EndpointSettings settings;
    private volatile @Nullable ProtocolFactory factory;
    /** Percent that it is owed of the connections that have reached it. Owner: the acceptor. */
    private int creditPercent;

    public FactoryBinding(EndpointSettings settings, Rank rank, @Nullable ProtocolFactory factory, int workers) {
        this.settings = settings;
        this.rank = rank;
        this.factory = factory;
        this.counters = new WorkerCounters[workers];
        for (int i = 0; i < workers; i++) {
            counters[i] = new WorkerCounters();
        }
    }

    /** How the factory stands against others of the same address, and whose it is. */
    public Rank rank() {
        return rank;
    }

    /** Stands differently from now on. By the acceptor, which sorts its endpoint afterwards. */
    public void rerank(Rank changed) {
        rank = changed;
    }

    /** The settings of this moment. */
    public EndpointSettings settings() {
        return settings;
    }

    /** Applies other settings to the live endpoint; a changed address is ignored here. */
    public void update(EndpointSettings changed) {
        settings = changed;
    }

    /** The endpoint's name, made of the address when none was given. */
    public String name() {
        EndpointSettings.Address current = settings.address();
        return current.name().isEmpty() ? AddressText.of(current.host(), current.port()) : current.name();
    }

    public WorkerCounters counters(int worker) {
        return counters[worker];
    }

    /** A protocol for a new connection; null refuses it. On the worker that will own it. */
    @Nullable
    public Protocol newProtocol(int worker, Peer peer) throws Exception {
        Protocol pooled = counters[worker].pool.take();
        if (pooled != null) {
            return pooled;
        }
        ProtocolFactory current = factory;
        return current == null ? null : current.buildProtocol(peer);
    }

    /** Lets go of the factory. When no connection refers to this binding any more. */
    public void forgetFactory() {
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
    public boolean admits() {
        creditPercent += settings.share().weight();
        boolean takes = creditPercent >= 100;
        if (takes) {
            creditPercent -= 100;
        }
        return takes;
    }

    /** Connections open now, those that wait for a factory included. */
    public long openConnections() {
        long left = leftConnections(); // First: a connection that has left had come before.
        return assigned.get() + resumedConnections() - left;
    }

    /** Connections that ended, or went to another binding. */
    long leftConnections() {
        return sum(each -> each.left);
    }

    /** Connections that came from another binding. */
    public long resumedConnections() {
        return sum(each -> each.joined);
    }

    /** Connections that went to another binding. */
    public long suspendedConnections() {
        return sum(each -> each.suspended);
    }

    /** Peers that are accepted and wait for a factory. */
    public long waitingConnections() {
        return waiting.get();
    }

    /** Connections lost because a callback or the factory threw. */
    public long failedConnections() {
        return sum(each -> each.failed);
    }

    /** Connections accepted. */
    public long acceptedConnections() {
        return accepted.get();
    }

    /** Connections refused by a limit, by a null protocol or by a factory that threw. */
    public long refusedConnections() {
        return refusedByLimit.get() + refusedByPeerLimit.get() + refusedByRate.get() + sum(each -> each.refused);
    }

    /** Bytes read. */
    public long bytesIn() {
        return sum(each -> each.bytesIn);
    }

    /** Bytes written. */
    public long bytesOut() {
        return sum(each -> each.bytesOut);
    }

    /** Connections that ended since they had left too much input unread. */
    public long inputOverflows() {
        return sum(each -> each.inputOverflows);
    }

    /** Connections that ended since their peers had not taken their output. */
    public long slowConsumers() {
        return sum(each -> each.slowConsumers);
    }

    /** Connections that ended since nothing had happened. */
    public long idleTimeouts() {
        return sum(each -> each.idleTimeouts);
    }

    /** Connections that ended since their peers had not sent a byte. */
    public long firstByteTimeouts() {
        return sum(each -> each.firstByteTimeouts);
    }

    /** Callbacks that threw. */
    public long errors() {
        return sum(each -> each.errors);
    }

    private long sum(Function<WorkerCounters, Counter> counter) {
        long sum = 0;
        for (WorkerCounters each : counters) {
            sum += counter.apply(each).get();
        }
        return sum;
    }

    @Override
    public String toString() {
        return name();
    }
}
