package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Peer;

/**
 * The connections that use one slot, one after another, from {@link Phase} to Phase: how each begins, is handed over,
 * drained and ended. It is the uppermost layer of its {@link Slot}.
 *
 * <p>No call of the user ends a connection on the spot: it changes the phase and defers the work to the end of the
 * turn. There, outside every callback, {@link #finish} tells the protocol, once, and gives the slot back. So callbacks
 * are never re-entrant, and a connection ends in one place. There, too, a protocol is suspended and the next one
 * resumed, unless the peer sends something earlier. The connection's own state (wire, pending output, unread input,
 * pauses) stays where it is.
 *
 * <p>There are four ways to an end, and the first reason counts: {@link #close} sends pending output first
 * and lets the peer see FIN (ADR 26), {@link #end} does not, {@link #abort} ends with RST, {@link #broken} is the wire's own end.
 *
 * <p>Owner: the worker that has adopted it.
 */
public final class Connection extends TimedStream {
    private long bornNanos;
    /** It has taken room in {@link RefusedPeers}. */
    private boolean lingersRefused;

    private boolean deferred;
    private boolean runningDeferred;

    /** The neighbours among the connections of the worker. */
    @Nullable
    Connection previous;

    @Nullable
    Connection next;

    /** The one after it among those that the worker has deferred to the end of a turn. */
    @Nullable
    Connection nextDeferred;

    public Connection(int index) {
        super(index);
    }

    // The beginning.

    /** Takes the slot over: opens the accepted wire, or begins to connect. */
    void onAdopt() {
        bornNanos = loop().nowNanos();
        noteActivity();
        origin().begin(this);
    }

    @Override
    void onConnectTimeout() {
        origin().onConnectTimeout(this);
    }

    /** The wire of an outgoing connection is there. */
    void onConnected() {
        noteActivity();
        if (origin().isWanted()) {
            open();
        } else {
            end(CloseReason.of(Kind.ABORTED));
        }
    }

    void open() {
        enter(Phase.OPEN);
        wantNoDelay(settings().tcp().nodelay());
        try {
            Peer peer = new ConnectedPeer(wire().remoteAddress(), wire().localAddress());
            attachTransport(peer);
            if (build(peer)) {
                tellConnectionMade();
            }
            if (phase() != Phase.ENDING) {
                attachWire(false);
                watchLimit();
            }
        } catch (IOException e) {
            broken(e);
        } catch (RuntimeException | Error e) {
            lose(Doing.BEGINNING, e);
        }
    }

    @Override
    public void onReady(int readyOps) {
        assertOwner();
        try {
            if (phase() == Phase.CONNECTING) {
                origin().onConnectReady(this);
                return;
            }
            if ((readyOps & Wire.RESET) != 0) {
                throw new SocketException("Connection reset by the peer");
            }
            if ((readyOps & Wire.WRITE) != 0 && phase() != Phase.ENDING) {
                onWritable();
            }
            if ((readyOps & Wire.READ) != 0) {
                resumeEarly();
                read();
                if (phase() == Phase.SUSPENDED) {
                    updateInterest();
                }
            }
        } catch (IOException e) {
            broken(e);
        } catch (RuntimeException | Error e) {
            lose(Doing.EVENT, e);
        }
        if (drain() != null) {
            deferToTurnEnd();
        }
    }

    // Endings.

    @Override
    void close(CloseReason why) {
        assertOwner();
        boolean isUnserved = phase() == Phase.SUSPENDED;
        if (phase() == Phase.CONNECTING || (isUnserved && reason() != null)) {
            end(why); // There is no peer, or none any more.
        } else if (isOpen() || isUnserved) {
            if (isUnserved) {
                forgetHandOver();
            }
            enter(Phase.CLOSING);
            noteClose(why);
            markClosing();
            noteActivity();
            deferToTurnEnd();
            watchLimit();
            updateInterest();
        }
    }

    @Override
    void end(CloseReason why) {
        assertOwner();
        if (phase() == Phase.ENDING || phase() == Phase.FREE) {
            return;
        }
        if (phase() == Phase.SUSPENDED) {
            resetIf(hasPending());
        }
        noteReason(why);
        enter(Phase.ENDING);
        markClosing();
        deferToTurnEnd();
        releaseBuffers(); // At once: where memory is short, the events that are ahead of the turn's end need it.
    }

    @Override
    void broken(Exception e) {
        String message = String.valueOf(e.getMessage());
        boolean byPeer = message.contains("reset") || message.contains("Broken pipe");
        CloseReason why = reason(byPeer ? Kind.RESET : Kind.IO_ERROR, e);
        if (phase() == Phase.SUSPENDED) { // The next protocol is told.
            noteReason(why);
            dropPending();
        } else {
            end(why);
        }
    }

    /** The loop ends, and the connection with it: there is no time left to linger. */
    void onLoopEnd() {
        resetIf(hasPending());
        if (!hasPending() && isAttached() && phase() != Phase.CONNECTING) {
            try {
                wire().shutdownOutput();
            } catch (IOException e) {
                LOG.debug("{} was gone before its loop", this, e);
            }
        }
        end(CloseReason.of(Kind.ENGINE_STOPPED));
        runDeferred();
    }

    @Override
    void deferToTurnEnd() {
        assertOwner();
        if (!deferred) {
            deferred = true;
            if (!runningDeferred) {
                worker().defer(this);
            }
        }
    }

    /** Runs the deferred work, when no callback is on the stack. At the end of the turn. */
    void runDeferred() {
        assertOwner();
        deferred = false;
        runningDeferred = true;
        try {
            serveDeferred();
        } catch (IOException e) {
            broken(e);
        } catch (RuntimeException | Error e) {
            lose(Doing.TURN_END, e);
        } finally {
            runningDeferred = false;
        }
        if (phase() == Phase.ENDING) {
            deferred = false; // The worker must have no mark of a slot that it does not own any more.
            finish();
        } else if (deferred) {
            worker().defer(this);
        }
    }

    private void serveDeferred() throws IOException {
        if (phase() != Phase.ENDING && phase() != Phase.CONNECTING) {
            serveWire();
        }
        if (phase() == Phase.CLOSING && !hasPending()) {
            linger();
        } else if (phase() == Phase.LINGERING && hasInputEnded()) {
            end(CloseReason.of(Kind.CLOSED_BY_PEER));
        } else if (isOpen() && !isHandedOver()) {
            presentUnreadAgain();
            tellInputEnd();
        }
        serveTransfer();
    }

    /**
     * All output is sent. Closing a socket with unread input, or with some that comes a moment later, sends RST, which may
     * destroy output that the peer has not read yet (RFC 9112, 9.6). So, unless the peer has ended first, only output is
     * shut, and input discarded for a while (ADR 26).
     */
    private void linger() throws IOException {
        if (hasInputEnded() || !mayLinger()) {
            end(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
            return;
        }
        releaseProtocol();
        enter(Phase.LINGERING);
        noteActivity();
        wire().shutdownOutput();
        watchLimit();
        updateInterest();
    }

    /** A refused peer needs room for it, and sees RST when there is none. */
    private boolean mayLinger() {
        CloseReason why = reason();
        if (lingersRefused || why == null || why.kind() != Kind.REFUSED) {
            return true;
        }
        lingersRefused = worker().refusedPeers().enter();
        resetIf(!lingersRefused);
        return lingersRefused;
    }

    /**
     * Tells the protocol, lets go of everything and gives the slot back. What fails is tried again in the next turn, from
     * where it has stopped; the protocol is told once.
     */
    private void finish() {
        Worker owner = worker();
        try {
            finishSteps();
        } catch (RuntimeException | Error e) {
            FailureReport.failed(LOG, this, Doing.END, e);
            deferToTurnEnd();
            owner.failedEnds().onFailure();
            return;
        }
        if (lingersRefused) {
            owner.refusedPeers().leave();
        }
        clear();
        owner.remove(this);
        owner.giveBack(index, release());
    }

    private void finishSteps() {
        releaseBuffers();
        closeTimers(); // That of lingering, too.
        closeWire();
        releaseProtocol();
        leaveDrain();
        worker().reserveToken();
    }

    /**
     * Something of it may be half done: a connection that has begun continues at the end of the turn; one that has not
     * begun ends.
     */
    void recover(Worker owner, CloseReason why) {
        boolean begun = isAdopted() && (isAttached() || phase() == Phase.ENDING);
        if (begun && phase() != Phase.FREE) {
            deferred = false;
            runningDeferred = false;
            deferToTurnEnd();
        } else {
            abandon(owner, why);
        }
    }

    /**
     * It ends, wherever it stood: the thread of its worker has died, or its adoption has failed. Nothing that was about to
     * be done with it is relied on; what is done of its end already is not done again.
     */
    void abandon(Worker adopter, CloseReason why) {
        adoptedBy(adopter);
        deferred = false;
        runningDeferred = false;
        forgetHandOver();
        noteReason(why);
        resetIf(true);
        enter(Phase.ENDING);
        markClosing();
        deferToTurnEnd();
    }

    @Override
    void clear() {
        super.clear();
        lingersRefused = false;
    }

    /** When its worker has taken it over, in the loop's time. */
    @Override
    long ageNanos() {
        return loop().nowNanos() - bornNanos;
    }

    @Override
    public String toString() {
        return "connection " + id() + " in slot " + index + " " + phase();
    }
}
