package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Peer;

/**
 * One connection after another, from {@link Phase} to Phase: how each begins, is handed over, drained and ended. It is the
 * uppermost layer of its {@link Slot}.
 *
 * <p>No call of the user ends a connection on the spot: it changes the phase and defers the work to the end of the turn.
 * There, outside every callback, {@link #finish} tells the protocol, once, and gives the slot back. So callbacks are never
 * re-entrant, and a connection ends in one place. There, too, a protocol is suspended and the next one resumed, unless its
 * peer speaks earlier: what belongs to the connection (wire, pending output, unread input, pauses) stays where it is.
 *
 * <p>There are four ways to an end, and the first reason counts: {@link #close} sends what is pending first, {@link #end}
 * does not, {@link #abort} ends with RST, {@link #broken} is the wire's own end.
 *
 * <p>Owner: the worker that has adopted it.
 */
public final class Connection extends PhasedStream {
    private long bornNanos;
    private boolean deferred;
    private boolean runningDeferred;
    private @Nullable TimeLimit limit;

    /** The neighbours among the connections of the worker. */
    @Nullable
    Connection previous;

    @Nullable
    Connection next;

    public Connection(int index) {
        super(index);
    }

    // The beginning.

    /** Takes the slot over: opens the accepted wire, or begins to connect. */
    void onAdopt(Worker adopter) {
        adoptedBy(adopter);
        bornNanos = loop().nowNanos();
        noteActivity();
        origin().begin(this);
    }

    void connect(SocketAddress remote) {
        enter(Phase.CONNECTING);
        try {
            Wire opened = worker().network().connect(remote);
            assign(opened);
            if (opened.finishConnect()) {
                onConnected();
            } else {
                attachWire(true);
                watchLimit();
            }
        } catch (IOException | RuntimeException e) {
            broken(e);
        }
    }

    private void onConnected() {
        noteActivity();
        if (origin().isWanted()) {
            open();
        } else {
            end(CloseReason.of(Kind.REFUSED));
        }
    }

    void open() {
        enter(Phase.OPEN);
        wantNoDelay(settings().tcpNoDelay());
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
        } catch (IOException | RuntimeException e) {
            broken(e);
        }
    }

    @Override
    public void onReady(int readyOps) {
        assertOwner();
        try {
            if (phase() == Phase.CONNECTING) {
                if (wire().finishConnect()) {
                    onConnected();
                }
                return;
            }
            if ((readyOps & Wire.WRITE) != 0 && phase() != Phase.ENDING) {
                flush();
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
        }
        if (drain() != null) {
            deferToTurnEnd();
        }
    }

    // Time limits.

    @Override
    void watchLimit() {
        assertOwner();
        if (limit == null) {
            if (TimeLimit.millis(this) == 0) {
                return;
            }
            limit = new TimeLimit(this);
        }
        limit.run();
    }

    /** The time limit of this phase has passed. */
    void onTimeLimit() {
        switch (phase()) {
            case CONNECTING -> broken(new IOException("no answer within " + TimeLimit.CONNECT_MILLIS + " ms"));
            case OPEN -> {
                if (hasPending()) {
                    abort(Kind.IDLE_TIMEOUT);
                } else {
                    close(CloseReason.of(Kind.IDLE_TIMEOUT));
                }
            }
            case CLOSING -> abort(Kind.SLOW_CONSUMER);
            case LINGERING -> end(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
            case SUSPENDED, ENDING, FREE -> {}
        }
    }

    @Override
    void closeTimers() {
        super.closeTimers();
        if (limit != null) {
            limit.cancel();
        }
    }

    // Endings.

    @Override
    void close(CloseReason why) {
        assertOwner();
        if (phase() == Phase.CONNECTING || phase() == Phase.SUSPENDED) {
            end(why); // There is no protocol whose output could be sent first.
        } else if (isOpen()) {
            enter(Phase.CLOSING);
            noteReason(why);
            markClosing();
            noteActivity();
            watchLimit();
            updateInterest();
            deferToTurnEnd();
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
    }

    @Override
    void broken(Exception e) {
        String message = String.valueOf(e.getMessage());
        boolean byPeer = message.contains("reset") || message.contains("Broken pipe");
        CloseReason why = new CloseReason(byPeer ? Kind.RESET : Kind.IO_ERROR, e);
        if (phase() == Phase.SUSPENDED) { // The next protocol is told.
            noteReason(why);
            dropPending();
        } else {
            end(why);
        }
    }

    /** The loop ends, and the connection with it. */
    void onLoopEnd() {
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

    /** What was put off until no callback is on the stack. At the end of the turn. */
    void runDeferred() {
        assertOwner();
        deferred = false;
        runningDeferred = true;
        try {
            serveDeferred();
        } catch (IOException e) {
            broken(e);
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
            closeOrLinger();
        } else if (phase() == Phase.LINGERING && hasInputEnded()) {
            end(CloseReason.of(Kind.CLOSED_BY_PEER));
        } else if (isOpen() && !isHandedOver()) {
            presentUnreadAgain();
        }
        serveTransfer();
    }

    /**
     * All output is sent. Closing a socket with unread input sends RST, which may destroy output that the peer has not
     * read yet (RFC 9112, 9.6). So if the peer is still sending, only output is shut, and input discarded for a while.
     */
    private void closeOrLinger() throws IOException {
        if (!hasInputEnded() && read() && !hasInputEnded()) {
            enter(Phase.LINGERING);
            noteActivity();
            wire().shutdownOutput();
            watchLimit();
            updateInterest();
        } else {
            end(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
        }
    }

    /** Tells the protocol, lets go of everything and gives the slot back. */
    private void finish() {
        Worker owner = worker();
        CloseReason why = required(reason());
        LOG.debug("connection {} of {} ended: {}", id(), binding(), why);
        closeTimers();
        invalidateTransport();
        closeWire();
        tellConnectionLost(why);
        origin().onEnded(why);
        counters().left.increment();
        leaveDrain();
        clear();
        owner.remove(this);
        owner.giveBack(index, release());
    }

    @Override
    void clear() {
        super.clear();
        limit = null;
    }

    /** How it stands. */
    ConnectionView view() {
        assertOwner();
        return new ConnectionView(
                id(),
                binding(),
                phase(),
                peerNow(),
                loop().name(),
                TimeUnit.NANOSECONDS.toMillis(loop().nowNanos() - bornNanos),
                TimeUnit.NANOSECONDS.toMillis(idleNanos()),
                bytesIn(),
                bytesOut(),
                pendingBytes(),
                unreadBytes(),
                isReadingPaused(),
                handOvers());
    }

    @Override
    public String toString() {
        return "connection " + id() + " in slot " + index + " " + phase();
    }
}
