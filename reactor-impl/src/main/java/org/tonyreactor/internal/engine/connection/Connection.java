package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Peer;

/**
 * One connection after another, from phase to {@link Phase}: how each begins, is handed over, drained and ended. It is
 * the uppermost layer of its {@link Slot}.
 *
 * <p>No call of the user ends a connection on the spot: it changes the phase and asks for the worker's attention at the
 * end of the turn. There, outside every callback, {@link #finish} tells the protocol, once, and gives the slot back. So
 * callbacks are never re-entrant, and a connection ends in one place. There, too, a protocol is suspended and the next
 * one resumed, unless its peer speaks earlier: what belongs to the connection (channel, pending output, unread input,
 * pauses) stays where it is.
 *
 * <p>Owner: the worker that has adopted it.
 */
public final class Connection extends ServedStream {
    /** How long connecting to a server may take. */
    static final long CONNECT_TIMEOUT_MILLIS = 30_000;
    /** How long a closing connection may make no progress with its pending output. */
    static final long FLUSH_STALL_MILLIS = 60_000;
    /** How long a closed connection discards what the peer still sends before it is closed for good. */
    static final long LINGER_MILLIS = 1_000;
    /** How often the end of a connection is tried, with a pause of a millisecond, before the thread is given up. */
    static final int MAX_ENDINGS = 10_000;

    private long bornNanos;
    private int handOvers;
    /** What is done of {@link #finish}. */
    private byte endSteps;
    /** How often that has failed. */
    private short failedEndings;

    private boolean deferred;
    private boolean runningDeferred;
    private @Nullable Drain drain;
    private @Nullable HandOver handOver;
    private @Nullable CloseReason reason;
    private @Nullable Timer limitTimer;

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

    /** Takes the slot over: opens the accepted channel, or begins to connect. */
    void onAdopt(Worker adopter) {
        adoptedBy(adopter);
        bornNanos = loop().nowNanos();
        noteActivity();
        ConnectAttempt attempt = attempt();
        if (attempt == null) {
            open();
        } else {
            connect(attempt);
        }
    }

    private void connect(ConnectAttempt attempt) {
        enter(Phase.CONNECTING);
        try {
            SocketChannel opened = SocketChannel.open();
            assign(opened);
            opened.configureBlocking(false);
            if (opened.connect(attempt.remote())) {
                onConnected(attempt);
            } else {
                register();
                watchLimit();
            }
        } catch (IOException | RuntimeException e) { // Runtime: an unresolved or unsupported address.
            IOException cause =
                    e instanceof IOException io ? io : new IOException("cannot connect to " + attempt.remote(), e);
            end(new CloseReason(Kind.IO_ERROR, cause));
        } catch (Error e) {
            lose(Doing.CONNECTING, e);
        }
    }

    private void onConnected(ConnectAttempt attempt) {
        noteActivity();
        if (attempt.isDone()) {
            end(CloseReason.of(Kind.REFUSED));
        } else {
            open();
        }
    }

    private void open() {
        enter(Phase.OPEN);
        wantNoDelay(settings().tcpNoDelay());
        try {
            Peer peer =
                    new ConnectedPeer(channel().getRemoteAddress(), channel().getLocalAddress());
            attachTransport(peer);
            if (build(peer)) {
                tellConnectionMade();
            }
            if (phase() != Phase.ENDING) {
                register();
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
                if (channel().finishConnect()) {
                    onConnected(required(attempt()));
                }
                return;
            }
            if ((readyOps & SelectionKey.OP_WRITE) != 0) {
                flush();
            }
            if ((readyOps & SelectionKey.OP_READ) != 0) {
                if (phase() == Phase.SUSPENDED && handOver != null) {
                    handOver(handOver); // A peer that speaks does not wait for the turn of its connection.
                }
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
        if (drain != null) {
            deferToTurnEnd();
        }
    }

    // The time limits of the phases.

    /** Looks again at the time limit of this phase; one timer serves them all. Also after settings have changed. */
    void watchLimit() {
        assertOwner();
        cancelLimit();
        long limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis());
        if (limitNanos == 0) {
            return;
        }
        long idleNanos = idleNanos();
        if (idleNanos >= limitNanos) {
            onLimit();
        } else {
            limitTimer = schedule(limitNanos - idleNanos);
        }
    }

    /** A connection whose limit cannot be watched is not kept. */
    private @Nullable Timer schedule(long delayNanos) {
        try {
            return loop().schedule(delayNanos, this::watchLimit);
        } catch (OutOfMemoryError e) {
            lose(Doing.TIME_LIMIT, e);
            return null;
        }
    }

    private long limitMillis() {
        return switch (phase()) {
            case CONNECTING -> CONNECT_TIMEOUT_MILLIS;
            case OPEN -> settings().idleTimeoutMillis();
            case CLOSING -> FLUSH_STALL_MILLIS;
            case LINGERING -> LINGER_MILLIS;
            case SUSPENDED, ENDING, FREE -> 0;
        };
    }

    private void onLimit() {
        switch (phase()) {
            case CONNECTING ->
                end(new CloseReason(
                        Kind.IO_ERROR, new IOException("no answer within " + CONNECT_TIMEOUT_MILLIS + " ms")));
            case OPEN -> {
                if (hasPending()) {
                    abort(Kind.IDLE_TIMEOUT);
                } else {
                    beginClose(CloseReason.of(Kind.IDLE_TIMEOUT));
                }
            }
            case CLOSING -> abort(Kind.SLOW_CONSUMER);
            case LINGERING -> end(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
            case SUSPENDED, ENDING, FREE -> {}
        }
    }

    private void cancelLimit() {
        if (limitTimer != null) {
            limitTimer.cancel();
            limitTimer = null;
        }
    }

    @Override
    void closeTimers() {
        super.closeTimers();
        cancelLimit();
    }

    // The hand-over.

    /** Where it is about to go, or null. */
    @Nullable
    FactoryBinding successor() {
        return handOver == null ? null : handOver.successor();
    }

    /** Goes to another binding. It is {@link #isResumable} now, or suspended already. */
    void handOverTo(FactoryBinding successor) {
        assertOwner();
        if (handOver == null) {
            handOver = new HandOver(successor);
        } else {
            handOver.redirect(successor);
        }
        deferToTurnEnd();
    }

    /** The binding it was about to go to has gone itself. */
    void redirect(@Nullable FactoryBinding successor, Kind kind) {
        assertOwner();
        if (phase() == Phase.SUSPENDED) {
            if (successor == null) {
                expire(kind);
            } else {
                handOverTo(successor);
            }
        } else if (successor == null || successor == binding()) {
            handOver = null;
            if (drain != null) {
                drain.onStays(this);
            }
        } else {
            handOverTo(successor);
        }
    }

    /** Suspended, and no factory will come: it ends, and there is nobody to be told. */
    private void expire(Kind kind) {
        if (phase() == Phase.SUSPENDED) {
            enter(Phase.ENDING);
            reason = CloseReason.of(kind);
            resetIf(hasPending());
            releaseBuffers();
            deferToTurnEnd();
        }
    }

    private void handOver(HandOver over) {
        if (isOpen() && binding() != over.successor()) {
            over.suspend(this);
        }
        if (phase() != Phase.SUSPENDED) {
            handOver = null;
        } else if (over.successor().hasFactory()) {
            handOver = null;
            over.resume(this);
        }
    }

    /** The protocol has given its state away: from here on it waits at the successor. */
    void onSuspended(FactoryBinding successor) {
        enter(Phase.SUSPENDED);
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
        enter(Phase.OPEN);
        noteActivity();
        attachTransport(peer);
        publishPending(pendingBytes());
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
        } else if (hasInputEnded() && isOutputShut() && !hasPending()) {
            beginClose(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
        } else {
            checkLowWater();
            presentUnreadLater();
        }
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
    void endDrain(Drain ended) {
        assertOwner();
        resetIf(hasPending() || hasUnread());
        end(CloseReason.of(ended.kind()));
    }

    @Override
    void resumeReading() {
        boolean resumes = isReadingPaused();
        super.resumeReading();
        if (resumes && drain != null) {
            deferToTurnEnd(); // It may have been all that the drain waited for.
        }
    }

    /** Drained is who has sent all output and read all input, and has not paused reading to work on something. */
    private void drain(Drain draining) throws IOException {
        switch (phase()) {
            case CONNECTING -> end(CloseReason.of(draining.kind()));
            case SUSPENDED -> expire(draining.kind());
            case CLOSING, LINGERING -> {
                if (draining.releasesClosing()) {
                    releaseProtocol();
                }
            }
            case OPEN -> {
                if (hasPending() || isReadingPaused()) {
                    return;
                }
                if (read()) {
                    deferToTurnEnd(); // What has come in is served first.
                } else if (!hasUnread()) {
                    beginClose(CloseReason.of(draining.kind()));
                }
            }
            case ENDING, FREE -> {}
        }
    }

    /** Closing, with output that the peer has not taken: told now, the engine sends the rest by itself. */
    private void releaseProtocol() {
        closeTimers();
        invalidateTransport();
        CloseReason why = required(reason);
        tellConnectionLost(why);
        forgetProtocol();
        reason = CloseReason.of(why.kind()); // An exception keeps the classes that threw it.
        watchLimit();
        leaveDrain();
    }

    private void leaveDrain() {
        Drain left = drain;
        drain = null;
        if (left != null) {
            left.onConnectionLeft(worker());
        }
    }

    // Endings. The first reason counts.

    /** An operator wants it closed. */
    void closeByOperator() {
        assertOwner();
        expire(Kind.SERVICE_GONE);
        beginClose(CloseReason.of(Kind.SERVICE_GONE));
        if (phase() == Phase.CONNECTING) {
            end(CloseReason.of(Kind.SERVICE_GONE));
        }
    }

    /** The loop ends, and the connection with it. */
    void stop() {
        assertOwner();
        expire(Kind.ENGINE_STOPPED);
        end(CloseReason.of(Kind.ENGINE_STOPPED));
        runDeferred();
    }

    @Override
    void beginClose(CloseReason why) {
        assertOwner();
        if (!isOpen()) {
            return;
        }
        enter(Phase.CLOSING);
        reason = why;
        markClosing();
        noteActivity();
        deferToTurnEnd();
        watchLimit();
        updateInterest();
    }

    @Override
    void end(CloseReason why) {
        assertOwner();
        if (phase() == Phase.ENDING || phase() == Phase.FREE) {
            return;
        }
        if (reason == null) {
            reason = why;
        }
        if (phase() == Phase.SUSPENDED) {
            dropPending(); // Broken while nobody serves it: the next protocol is told.
            return;
        }
        enter(Phase.ENDING);
        releaseBuffers();
        markClosing();
        deferToTurnEnd();
    }

    @Override
    void deferToTurnEnd() {
        assertOwner();
        if (!deferred) {
            deferred = true;
            if (!runningDeferred) {
                worker().deferToTurnEnd(this);
            }
        }
    }

    /** What was put off until no callback is on the stack. At the end of the turn. */
    void runDeferred() {
        assertOwner();
        deferred = false;
        runningDeferred = true;
        try {
            if (phase() == Phase.CLOSING && !hasPending()) {
                closeOrLinger();
            } else if (phase() == Phase.LINGERING && hasInputEnded()) {
                end(CloseReason.of(Kind.CLOSED_BY_PEER));
            } else if (isOpen() && handOver == null) {
                presentUnreadAgain();
            }
            if (handOver != null) {
                handOver(handOver);
            }
            if (drain != null) {
                drain(drain);
            }
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
            worker().deferToTurnEnd(this);
        }
    }

    /**
     * All output is sent. Closing a socket with unread input sends RST, which may destroy output that the peer has not
     * read yet (RFC 9112, 9.6). So if the peer is still sending, only output is shut, and input discarded for a while.
     */
    private void closeOrLinger() throws IOException {
        if (!hasInputEnded() && read() && !hasInputEnded()) {
            enter(Phase.LINGERING);
            noteActivity();
            channel().shutdownOutput();
            watchLimit();
            updateInterest();
        } else {
            end(CloseReason.of(Kind.CLOSED_BY_PROTOCOL));
        }
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
            failedEndings++;
            if (failedEndings < MAX_ENDINGS) {
                deferToTurnEnd();
                loop().backOff();
            } else {
                failedEndings = 0;
                loop().die();
            }
            return;
        }
        clear();
        owner.remove(this);
        owner.giveBack(index, release());
    }

    private void finishSteps() {
        CloseReason why = reason == null ? NO_MEMORY : reason;
        if (endSteps == 0) {
            if (LOG.isDebugEnabled()) { // Else it would need memory for nothing.
                LOG.debug("{} of {} ended: {}", this, binding(), why);
            }
            closeTimers();
            invalidateTransport();
            closeChannel();
            endSteps = 1; // Before it is told, whatever comes of that.
            tellConnectionLost(why);
        }
        ConnectAttempt attempt = attempt();
        if (attempt != null) {
            attempt.onEnded(why);
        }
        if (endSteps == 1) {
            endSteps = 2;
            counters().left.increment();
        }
        leaveDrain();
        worker().reserveToken();
    }

    /**
     * It ends, wherever it stood: the thread of its worker has died, or its adoption has failed. Nothing that was about to
     * be done with it is relied on; what is done of its end already is not done again.
     */
    void abandon(Worker adopter, CloseReason why) {
        adoptedBy(adopter);
        deferred = false;
        runningDeferred = false;
        handOver = null;
        if (reason == null) {
            reason = why;
        }
        resetIf(true);
        enter(Phase.ENDING);
        releaseBuffers();
        markClosing();
        deferToTurnEnd();
    }

    @Override
    void clear() {
        super.clear();
        endSteps = 0;
        failedEndings = 0;
        handOvers = 0;
        drain = null;
        handOver = null;
        reason = null;
        limitTimer = null;
    }

    /** How it stands. */
    ConnectionView view() {
        assertOwner();
        return new ConnectionView(
                id(),
                binding(),
                switch (phase()) {
                    case CONNECTING -> ConnectionView.State.CONNECTING;
                    case OPEN -> ConnectionView.State.OPEN;
                    case SUSPENDED -> ConnectionView.State.SUSPENDED;
                    case CLOSING, LINGERING, ENDING, FREE -> ConnectionView.State.CLOSING;
                },
                handOver != null && handOver.peer() != null ? handOver.peer() : peer(),
                loop().name(),
                TimeUnit.NANOSECONDS.toMillis(loop().nowNanos() - bornNanos),
                TimeUnit.NANOSECONDS.toMillis(idleNanos()),
                bytesIn(),
                bytesOut(),
                pendingBytes(),
                unreadBytes(),
                isReadingPaused(),
                handOvers);
    }

    @Override
    public String toString() {
        return "connection " + id() + " in slot " + index + " " + phase();
    }
}
