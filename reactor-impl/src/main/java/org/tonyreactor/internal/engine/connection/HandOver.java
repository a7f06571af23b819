package org.tonyreactor.internal.engine.connection;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Clock;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Peer;

/**
 * The hand-over of one connection from one binding to another: its destination, and the state of its protocol once the
 * old protocol has given it away. If the destination has no factory, the connection waits there. It exists from the
 * order to go until the next protocol has the connection. First its protocol quiesces (ADR 22).
 *
 * <p>It is suspended and resumed at the end of a turn, or resumed when its peer sends something: never while a callback
 * is on the stack. Owner: the worker.
 */
public final class HandOver {
    /** How long suspend and resume may always take, also if the drain time is shorter. */
    public static final long MIN_LIMIT_MILLIS = 1_000;

    private static final Log LOG = Log.named("org.tonyreactor.connection");
    private static final byte[] NO_STATE = {};

    /** What it occupies while it keeps a state, without the state itself. */
    private static final long MEMORY_BYTES = 128;

    private final DrainTime time;
    private FactoryBinding successor;
    private byte[] state = NO_STATE;
    /** What is reserved for the state. */
    private long memoryBytes;

    private @Nullable Peer peer;
    /** Whether the protocol is done with what was under way; null before it was asked. */
    private @Nullable Quiescence quiescence;

    /**
     * Begins nothing yet.
     *
     * @param time how long all protocols of the order have to quiesce
     */
    HandOver(FactoryBinding successor, DrainTime time) {
        this.successor = successor;
        this.time = time;
    }

    FactoryBinding successor() {
        return successor;
    }

    void redirect(FactoryBinding to) {
        successor = to;
    }

    /** The addresses of the connection; null before it is suspended. */
    @Nullable
    Peer peer() {
        return peer;
    }

    /** Whether the protocol was asked to quiesce, so that only its next version reads. */
    boolean isAsked() {
        return quiescence != null;
    }

    /** Whether the protocol quiesces. */
    boolean isAwaiting() {
        return quiescence != null && !quiescence.isOver();
    }

    /** Whether the protocol may be suspended. It is asked to quiesce if it was not yet. */
    boolean isQuiet(PhasedStream connection) {
        Quiescence asked = quiescence;
        if (asked == null) {
            quiescence = Quiescence.OVER; // The result of begin counts; until then this says that it was asked.
            asked = Quiescence.begin(connection, time);
            quiescence = asked;
            if (!asked.isOver()) {
                connection.updateInterest();
            }
        }
        return asked.isOver();
    }

    /** A stage is done, or its time is over. Returns whether it was this one's. */
    boolean onQuiesced(PhasedStream connection, long generation) {
        if (quiescence == null || !quiescence.isOf(generation)) {
            return false;
        }
        stopWaiting(connection);
        connection.deferToTurnEnd();
        return true;
    }

    private void stopWaiting(PhasedStream connection) {
        if (quiescence != null) {
            quiescence.stop(connection);
        }
    }

    /** Takes the protocol's state, and lets go of everything that is the old bundle's. */
    void suspend(PhasedStream connection) {
        LeasedTransport leased = connection.transport();
        leased.run(); // The calls of other threads come first.
        if (!callsInTime(
                connection, "suspend", () -> keep(connection, ((Resumable) connection.protocol()).suspend()))) {
            return;
        }
        connection.closeTimers();
        leased.invalidateAfterSuspend();
        if (connection.isOpen()) { // Else another thread has closed it, or has written more than the output may hold.
            peer = leased.peer();
            connection.onSuspended(successor);
        }
    }

    /** Copies the state: nothing of the old bundle is kept. */
    private void keep(PhasedStream connection, @Nullable ByteBuffer given) {
        if (given == null) {
            throw new IllegalStateException("suspend returned null instead of the state");
        }
        if (given.remaining() > Resumable.MAX_STATE_BYTES) {
            throw new IllegalStateException("suspend returned " + given.remaining() + " bytes of state, more than "
                    + Resumable.MAX_STATE_BYTES);
        }
        long needed = MEMORY_BYTES + given.remaining();
        if (connection.reserve(needed)) {
            memoryBytes = needed;
            state = new byte[given.remaining()];
            given.get(state);
        }
    }

    /** What the state occupies. */
    long memoryBytes() {
        return memoryBytes;
    }

    /** Lets go of the state, and of what is hung on the stage. */
    void release(PhasedStream connection) {
        stopWaiting(connection);
        connection.memory().release(memoryBytes);
        memoryBytes = 0;
        state = NO_STATE;
    }

    /** The factory of the new binding builds a protocol, which continues from the state. */
    void resume(PhasedStream connection) {
        Peer connected = Slot.required(peer);
        connection.onResuming(successor, connected);
        if (connection.build(connected) && isResumed(connection)) {
            connection.continueAfterResume();
        }
        release(connection);
        connection.watchLimit();
        connection.updateInterest();
    }

    private boolean isResumed(PhasedStream connection) {
        Protocol next = connection.protocol();
        if (!(next instanceof Resumable resumable)) {
            LOG.warnOfKind(
                    "a protocol that is not Resumable cannot go on with a connection",
                    successor.toString(),
                    "connection {}: {} of {} is not Resumable and cannot go on with it",
                    connection.id(),
                    next.getClass().getName(),
                    successor);
            connection.forgetProtocol(); // It has never had the connection.
            connection.refuse(CloseReason.of(Kind.SERVICE_GONE));
            return false;
        }
        next.attach(connection.transport());
        return callsInTime(connection, "resume", () -> resumable.resume(ByteBuffer.wrap(state)));
    }

    /** Returns whether the connection is still open; a call that throws or takes too long loses it. */
    private static boolean callsInTime(PhasedStream connection, String callback, Callback call) {
        if (!connection.isOpen()) {
            return false;
        }
        Clock clock = connection.loop().clock();
        long limitMillis =
                Math.max(MIN_LIMIT_MILLIS, connection.settings().limits().drainTimeoutMillis());
        long began = clock.nanoTime();
        connection.callsUser();
        try {
            call.run();
            long tookMillis = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - began);
            if (tookMillis > limitMillis) {
                throw new TimeoutException(callback + " took " + tookMillis + " ms, more than " + limitMillis);
            }
        } catch (Throwable e) {
            connection.failed(callback, e);
        }
        return connection.isOpen();
    }

    private interface Callback {
        void run() throws Exception;
    }
}
