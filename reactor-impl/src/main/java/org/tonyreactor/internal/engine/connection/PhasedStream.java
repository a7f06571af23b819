package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Peer;

/**
 * A served stream that goes from {@link Phase} to Phase: how it is handed over from one protocol to the next, and
 * drained when its factory or the engine goes. The connection's own state (wire, pending output, unread input, pauses)
 * stays where it is meanwhile.
 *
 * <p>Owner: the worker.
 */
abstract class PhasedStream extends ServedStream {
    private Phase phase = Phase.FREE;
    private int handOvers;
    private @Nullable Drain drain;
    private @Nullable HandOver handOver;
    /** Why it ends, or, while it is suspended, why it cannot go on. The first reason counts. */
    private @Nullable CloseReason reason;
    /** What is done of {@link #releaseProtocol}. */
    private byte lossSteps;

    PhasedStream(int index) {
        super(index);
    }

    // Phases.

    final Phase phase() {
        return phase;
    }

    final void enter(Phase next) {
        phase = next;
    }

    @Override
    final Input input() {
        return phase.input;
    }

    /** Why it ends; null while it is not ending. */
    final @Nullable CloseReason reason() {
        return reason;
    }

    /**
     * The first reason counts, except a close by the protocol whose output was not sent: then another reason has ended
     * it.
     */
    final void noteReason(CloseReason why) {
        if (reason == null || (reason.kind() == Kind.CLOSED_BY_PROTOCOL && hasPending())) {
            reason = why;
        }
    }

    /** The reason for a close. After the peer's FIN it is the peer's close, for every caller. */
    final void noteClose(CloseReason why) {
        noteReason(hasInputEnded() && isCallOfClose(why.kind()) ? CloseReason.of(Kind.CLOSED_BY_PEER) : why);
    }

    /** Whether the end was requested, and is no failure. */
    private static boolean isCallOfClose(Kind kind) {
        return switch (kind) {
            case CLOSED_BY_PROTOCOL, CLOSED_BY_OPERATOR, SERVICE_GONE, ENGINE_STOPPED -> true;
            default -> false;
        };
    }

    // The hand-over.

    /** Where it is about to go, or null. */
    @Nullable
    FactoryBinding successor() {
        return handOver == null ? null : handOver.successor();
    }

    /**
     * Goes to another binding. It is {@link #isResumable} now, or suspended already.
     *
     * @param time how long all protocols of the order have to quiesce
     */
    void handOverTo(FactoryBinding successor, DrainTime time) {
        assertOwner();
        if (handOver == null) {
            handOver = new HandOver(successor, time);
        } else {
            handOver.redirect(successor);
        }
        deferToTurnEnd();
    }

    /** The binding it was about to go to has gone itself. */
    void redirect(@Nullable FactoryBinding successor, Kind kind) {
        assertOwner();
        if (successor == null && phase == Phase.SUSPENDED) {
            close(CloseReason.of(kind));
        } else if (phase != Phase.SUSPENDED && (successor == null || successor == binding())) {
            stay();
        } else {
            required(handOver).redirect(required(successor));
            deferToTurnEnd();
        }
    }

    /** Its successor has gone. A protocol that was asked to quiesce goes all the same: to its own factory's next one. */
    final void stay() {
        HandOver over = handOver;
        if (over != null && over.isAsked() && drain == null) {
            over.redirect(binding());
            deferToTurnEnd();
            return;
        }
        forgetHandOver();
        updateInterest();
        watchLimit();
        deferToTurnEnd();
        if (drain != null) {
            drain.onStays(this);
        }
    }

    private void handOver(HandOver over) {
        if (isOpen() && (over.isAsked() || binding() != over.successor())) {
            if (!over.isQuiet(this)) {
                return;
            }
            over.suspend(this);
        }
        if (phase != Phase.SUSPENDED) {
            forgetHandOver();
        } else if (over.successor().hasFactory()) {
            handOver = null;
            over.resume(this);
        }
    }

    /** The stage of a quiesce is done, or its time is over. Returns whether it was waited for. */
    final boolean onQuiesced(long generation) {
        assertOwner();
        return handOver != null && handOver.onQuiesced(this, generation);
    }

    /** Whether its protocol quiesces. */
    final boolean isQuiescing() {
        return handOver != null && handOver.isAwaiting();
    }

    @Override
    final boolean isReadByNext() {
        return handOver != null && handOver.isAsked();
    }

    /** The protocol has given its state away: from here on it waits at the successor. */
    void onSuspended(FactoryBinding successor) {
        phase = Phase.SUSPENDED;
        detachProtocol();
        moveTo(successor);
        leaveDrain();
    }

    /** The successor has a factory: from here on it is open again, for a protocol that is still to be built. */
    void onResuming(FactoryBinding successor, Peer peer) {
        if (binding() != successor) {
            moveTo(successor);
        }
        handOvers++;
        phase = Phase.OPEN;
        noteActivity();
        attachTransport(peer);
        publishPending();
        checkHighWater();
    }

    private void moveTo(FactoryBinding to) {
        counters().left.increment();
        counters().suspended.increment();
        bind(to);
        counters().joined.increment();
    }

    /** The next protocol has the connection: what has happened meanwhile is told now. */
    void continueAfterResume() {
        if (reason != null) {
            CloseReason why = reason;
            reason = null;
            end(why);
        } else if (isInputEndTold() && isOutputShut() && !hasPending()) {
            close(CloseReason.of(Kind.CLOSED_BY_PEER));
        } else {
            checkLowWater();
            presentUnreadLater();
            deferToTurnEnd(); // The wire may hold more.
        }
    }

    final void forgetHandOver() {
        HandOver forgotten = handOver;
        handOver = null;
        if (forgotten != null) {
            forgotten.release(this);
        }
    }

    @Override
    final long memoryBytes() {
        return outputMemoryBytes()
                + unreadMemoryBytes()
                + waitingMemoryBytes()
                + (handOver == null ? 0 : handOver.memoryBytes());
    }

    /** Whether it is suspended and its peer waits for an answer of the next protocol. */
    boolean inputWaits() {
        return phase == Phase.SUSPENDED && leavesInput();
    }

    // Drains.

    /** Begins to drain for a factory, or an engine, that goes. */
    void startDrain(Drain started) {
        assertOwner();
        drain = started;
        deferToTurnEnd();
    }

    @Nullable
    Drain drain() {
        return drain;
    }

    /** The time for draining is over. */
    void onDrainTimeout(Drain ended) {
        assertOwner();
        CloseReason why = CloseReason.of(ended.kind());
        if (hasPending() || (isOpen() && hasUnread())) {
            resetIf(true);
            end(why);
        } else if (phase == Phase.LINGERING) {
            end(why);
        } else {
            close(why);
        }
    }

    @Override
    void resumeReading() {
        boolean resumes = isReadingPaused();
        super.resumeReading();
        if (resumes && drain != null) {
            deferToTurnEnd(); // It may have been all that the drain waited for.
        }
    }

    /** A connection is drained when it has sent all output and read all input, and has not paused reading. */
    private void drain(Drain draining) throws IOException {
        switch (phase) {
            case CONNECTING, SUSPENDED -> close(CloseReason.of(draining.kind()));
            case CLOSING -> {
                if (draining.releasesClosing()) {
                    flush();
                    noteReason(CloseReason.of(draining.kind())); // Unless all is sent.
                    releaseProtocol();
                    watchLimit();
                }
            }
            case OPEN -> {
                if (hasPending() || isReadingPaused()) {
                    return;
                }
                if (read()) {
                    deferToTurnEnd(); // Input that has come is served first.
                } else if (!hasUnread()) {
                    close(CloseReason.of(draining.kind()));
                }
            }
            case LINGERING, ENDING, FREE -> {}
        }
    }

    // The protocol's part of the end.

    /** Whether its protocol was told that it is lost, so that only the engine's own part of the end is left. */
    final boolean isLost() {
        return lossSteps != 0;
    }

    /**
     * Tells the protocol, once, and lets go of everything that is its own; what the peer has still to get, the engine sends
     * by itself. What fails goes on from where it has stopped when this is called again.
     */
    final void releaseProtocol() {
        CloseReason why = reason == null ? NO_MEMORY : reason;
        if (lossSteps == 0) {
            if (LOG.isDebugEnabled()) { // Else it would need memory for nothing.
                LOG.debug("{} of {} ended: {}", this, binding(), why);
            }
            forgetHandOver();
            closeTimers();
            invalidateTransport();
            leaveGroups();
            lossSteps = 1; // Before it is told, whatever comes of that.
            tellConnectionLost(why);
        }
        forgetProtocol();
        if (lossSteps == 1) {
            origin().onEnded(why);
            lossSteps = 2;
            counters().countEnd(why.kind());
            reason = null; // An exception keeps the classes that threw it.
        }
        if (drain != null && !drain.awaitsWires()) {
            leaveDrain();
        }
    }

    final void leaveDrain() {
        Drain left = drain;
        drain = null;
        if (left != null) {
            left.onConnectionLeft(worker());
        }
    }

    /** The addresses of the connection, also while no protocol serves it; null while there are none. */
    final @Nullable Peer peerNow() {
        return handOver != null && handOver.peer() != null ? handOver.peer() : peer();
    }

    final int handOvers() {
        return handOvers;
    }

    final boolean isHandedOver() {
        return handOver != null;
    }

    /** Does what is left of a hand-over and a drain. At the end of the turn. */
    final void serveTransfer() throws IOException {
        if (handOver != null) {
            handOver(handOver);
        }
        if (drain != null && !isQuiescing()) {
            drain(drain);
        }
    }

    /** A suspended stream whose peer speaks does not wait for the end of the turn. */
    final void resumeEarly() {
        if (phase == Phase.SUSPENDED && handOver != null) {
            handOver(handOver);
        }
    }

    @Override
    void clear() {
        super.clear();
        phase = Phase.FREE;
        handOvers = 0;
        drain = null;
        handOver = null;
        reason = null;
        lossSteps = 0;
    }
}
