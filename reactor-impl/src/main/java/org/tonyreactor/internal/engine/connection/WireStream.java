package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.WorkerCounters;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * The wire of one connection: its interest, its replacement, and its end.
 *
 * <p>Owner: the worker.
 */
abstract class WireStream extends Slot implements Multiplexer.ReadyHandler {
    /** What is done with input. */
    enum Input {
        /** The protocol gets it: the connection is open. */
        PRESENTED,
        /** It is read and dropped: the connection closes, and its peer has not noticed yet. */
        DISCARDED,
        /** It stays in the wire. */
        LEFT
    }

    /** How long after its last byte a connection counts as active. */
    public static final long ACTIVE_MILLIS = 250;

    static final Log LOG = Log.named("org.tonyreactor.connection");

    /** Why a connection is lost when there was not even memory to say why. Prepared while there was. */
    static final CloseReason NO_MEMORY = CloseReason.of(Kind.MEMORY);

    private static final byte UNATTACHED = -1;

    private long lastActivityNanos;
    private @Nullable Worker worker;
    /** Closing the wire sends RST. */
    private boolean resets;
    /** The operations that the wire is waited for, or {@link #UNATTACHED}. */
    private byte interest = UNATTACHED;

    WireStream(int index) {
        super(index);
    }

    // What this layer asks of the layers above.

    abstract Input input();

    /** Schedules end-of-turn work; idempotent. */
    abstract void deferToTurnEnd();

    /** Ends the connection at the end of the turn. */
    abstract void end(CloseReason why);

    /** Whether input is to be read, when some comes. */
    abstract boolean wantsInput();

    /** Whether output waits to be sent. */
    abstract boolean hasPending();

    // What holds for all layers.

    final boolean isOpen() {
        return input() == Input.PRESENTED;
    }

    final Worker worker() {
        return required(worker);
    }

    final EventLoop loop() {
        return worker().loop();
    }

    /** Where assertions are on: the caller is the thread of the worker that has the connection. */
    final void assertOwner() {
        assert isOwnedByCaller() : this + " is called by " + Thread.currentThread();
    }

    private boolean isOwnedByCaller() {
        if (worker != null) {
            worker.loop().assertOwner();
        }
        return true;
    }

    final WorkerCounters counters() {
        return binding().counters(worker().index());
    }

    /** Whether a worker has begun to take it over. For the acceptor too, when that worker's thread is dead. */
    public final boolean isAdopted() {
        return worker != null;
    }

    final void adoptedBy(Worker adopter) {
        worker = adopter;
    }

    /** Starts to count idle time anew. */
    final void noteActivity() {
        lastActivityNanos = loop().nowNanos();
    }

    final long idleNanos() {
        return loop().nowNanos() - lastActivityNanos;
    }

    /** Whether bytes went to and fro a short time ago, so that more may be expected soon. */
    final boolean isActive() {
        return idleNanos() < TimeUnit.MILLISECONDS.toNanos(ACTIVE_MILLIS);
    }

    // The wire.

    /** Begins to wait for the wire; while it is connecting, for that only. */
    final void attachWire(boolean connecting) throws IOException {
        boolean first = interest == UNATTACHED;
        int ops = connecting ? Wire.CONNECT : wantedOps();
        interest = (byte) ops;
        wire().interest(ops);
        if (first) {
            wire().attach(loop().multiplexer(), this);
        }
    }

    /** Whether its wire is waited for, so that something will happen with it. */
    final boolean isAttached() {
        return interest != UNATTACHED;
    }

    /** Whether nothing is waited for on its wire, so that nobody would tell of the peer's RST. */
    final boolean isUnwatched() {
        return interest == 0;
    }

    final void updateInterest() {
        assertOwner();
        byte before = interest;
        if (before == UNATTACHED || before == Wire.CONNECT) {
            return;
        }
        int wanted = wantedOps();
        if (wanted != before) {
            interest = (byte) wanted;
            wire().interest(wanted);
            readHeldLater();
        }
    }

    private int wantedOps() {
        assertOwner();
        return (wantsInput() ? Wire.READ : 0) | (hasPending() ? Wire.WRITE : 0);
    }

    /** The engine's own work for the connection has failed: it ends with RST, and nothing of it needs memory. */
    final void lose(Doing what, Throwable e) {
        FailureReport.failed(LOG, this, what, e);
        resets = true;
        end(reason(e instanceof OutOfMemoryError ? Kind.MEMORY : Kind.IO_ERROR, e));
    }

    /** A reason with the failure behind it, as far as there is memory for it. */
    static CloseReason reason(Kind kind, Throwable e) {
        try {
            return CloseReason.of(kind, e);
        } catch (OutOfMemoryError noMemory) {
            return NO_MEMORY;
        }
    }

    /** Ends the connection with RST, whatever is pending. */
    final void abort(Kind kind) {
        assertOwner();
        resets = true;
        end(CloseReason.of(kind));
    }

    /** Whether closing the wire sends RST, so that the peer knows that something is missing. */
    final void resetIf(boolean somethingIsMissing) {
        resets = somethingIsMissing;
    }

    /** The peer sees the end when this turn has ended. */
    final void closeWire() {
        Wire closing = wireOrNull();
        if (closing == null) {
            return;
        }
        if (resets) {
            closing.reset();
        } else {
            closing.closeSoon();
        }
    }

    /** Lets go of a wire that has carried nothing; another one may take its place. */
    final void dropWire() {
        closeWire();
        forgetWire();
        interest = UNATTACHED;
    }

    /** Whether input that may be read lies in the wire, of which no poll will tell. */
    final boolean holdsWantedInput() {
        return wire().hasMore() && wantsInput();
    }

    final void readHeldLater() {
        if (holdsWantedInput()) {
            deferToTurnEnd();
        }
    }

    /** Has another wire carry the bytes from now on, which is over the present one or in its place. */
    final void carryBy(Wire next) throws IOException {
        assertOwner();
        assign(next);
        next.interest(interest);
        next.attach(loop().multiplexer(), this);
        readHeldLater();
    }

    /**
     * Whether there is no interest in input: its first byte, which came without interest, has ended it. Suspending
     * leaves the selector alone, which saves two system calls for each connection that stays silent.
     */
    final boolean ignoresInput() {
        return (interest & Wire.READ) == 0;
    }

    @Override
    void clear() {
        super.clear();
        worker = null;
        resets = false;
        interest = UNATTACHED;
    }
}
