package org.tonyreactor.internal.engine.connection;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.reactor.EndpointSettings;

/**
 * A place in the {@code ConnectionPool} for one connection after another: its present lease, and the connection of the
 * lease.
 *
 * <p>{@link Connection} is made of layers. Each layer has its own part of the state, and knows the layers above only by
 * the methods that it calls on them: Slot, {@link WireStream}, {@link PendingStream}, {@link SendingStream},
 * {@link ByteStream}, {@link ServedStream}, {@link PhasedStream}, {@link TimedStream} and Connection itself. They are
 * layers of one object because a connection is touched for every message: an object for each part would cost memory for
 * every connection, and a cache line for every message.
 *
 * <p>Owner: the acceptor while the slot is free, the worker while it is leased. It passes with a mail to the worker,
 * and back with a token; {@link #released} is written last by the worker, so a token that the worker has not sent opens
 * nothing.
 */
public abstract class Slot {
    public final int index;

    // Owner: the acceptor.
    private int generation;
    private int workerIndex;
    private boolean leased;

    /** The generation that its worker has released, or 0, which is none. Written last by the worker. */
    private volatile int released;

    // Owner: the thread that has the slot.
    private long id;
    private @Nullable Wire wire;
    private @Nullable FactoryBinding binding;
    private Origin origin = Origin.ACCEPTED;

    Slot(int index) {
        this.index = index;
    }

    // On the acceptor.

    public final void lease(int leaseGeneration) {
        generation = leaseGeneration;
        leased = true;
    }

    public final void assign(long connectionId, FactoryBinding to, int toWorker) {
        id = connectionId;
        binding = to;
        workerIndex = toWorker;
    }

    public final void assign(ConnectAttempt connecting) {
        origin = connecting;
    }

    public final int generation() {
        return generation;
    }

    public final boolean isLeased() {
        return leased;
    }

    /** Whether its worker has released it, and its token is still under way. */
    public final boolean isReleased() {
        return isReleased(generation);
    }

    public final int workerIndex() {
        return workerIndex;
    }

    /** Whether its worker has released this generation, and the lease has not ended since. */
    public final boolean isReleased(int tokenGeneration) {
        return generation == tokenGeneration && released == tokenGeneration;
    }

    /** Also of a lease that no worker has taken over. */
    public final void endLease() {
        forget();
        released = 0;
        leased = false;
    }

    // On the thread that has the slot.

    public final void assign(Wire opened) {
        wire = opened;
    }

    final void forgetWire() {
        wire = null;
    }

    final long id() {
        return id;
    }

    final FactoryBinding binding() {
        return required(binding);
    }

    final EndpointSettings settings() {
        return binding().settings();
    }

    final Wire wire() {
        return required(wire);
    }

    /** The wire, or null while there is none yet. */
    final @Nullable Wire wireOrNull() {
        return wire;
    }

    /** Whether it has been given to a worker for a binding, and nothing of that is forgotten yet. */
    public final boolean isAssigned() {
        return binding != null;
    }

    final Origin origin() {
        return origin;
    }

    // On the worker.

    /** Counts for another binding from now on. */
    final void bind(FactoryBinding to) {
        binding = to;
    }

    /** Forgets everything of this lease but the lease itself; each layer its own part. */
    void clear() {
        forget();
    }

    /** Gives the slot to the acceptor: nothing of it may be touched afterwards. Returns what the token has to name. */
    final int release() {
        int releasedGeneration = generation;
        released = releasedGeneration;
        return releasedGeneration;
    }

    private void forget() {
        wire = null;
        binding = null;
        origin = Origin.ACCEPTED;
    }

    /** A field that the present phase is sure to have. */
    static <T> T required(@Nullable T field) {
        if (field == null) {
            throw new IllegalStateException("not in this phase");
        }
        return field;
    }
}
