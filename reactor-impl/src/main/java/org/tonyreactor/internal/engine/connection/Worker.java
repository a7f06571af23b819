package org.tonyreactor.internal.engine.connection;

import java.io.IOError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.Wire;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * Runs the connections it adopts, on its own loop. Everything here belongs to the loop's thread; others go through
 * {@link WorkerProxy}.
 */
public final class Worker {
    /** How many connections are served at the end of one turn, so that handing over many does not hold up the others. */
    public static final int DEFERRED_PER_TURN = 64;

    private static final CloseReason THREAD_LOST =
            CloseReason.of(Kind.IO_ERROR, new IOException("the thread of the connection's worker has died"));

    private static final CloseReason NEVER_BEGUN =
            CloseReason.of(Kind.IO_ERROR, new IOException("an Error has struck while the connection was taken over"));

    private static final Log LOG = Log.named("org.tonyreactor.loop");

    private final int index;
    private final EventLoop loop;
    private final Network network;
    private final Groups groups;
    private final RefusedPeers refusedPeers;
    private final WorkerProxy self;
    private final Quiescences quiescences;
    private final MemoryPressure pressure;
    private LoopbackSender loopback;
    private @Nullable Connection first;
    private int connections;

    private final ResetSweep resets;
    private final FailedEnds failedEnds;
    private final DeferredConnections deferred = new DeferredConnections();

    /** Drains that are done and could not say so. */
    private @Nullable Drain untold;

    public Worker(int index, EventLoop loop, Network network, RefusedPeers refusedPeers, Wire loopbackEnd)
            throws IOException {
        this.index = index;
        this.loop = loop;
        this.loopback = new LoopbackSender(loopbackEnd, loop.multiplexer());
        this.network = network;
        this.refusedPeers = refusedPeers;
        this.groups = new Groups(this);
        this.self = new WorkerProxy(this);
        this.quiescences = new Quiescences(loop);
        this.pressure = new MemoryPressure(this);
        this.resets = new ResetSweep(loop);
        this.failedEnds = new FailedEnds(loop);
        loop.every(() -> ResetSweep.PERIOD_MILLIS, () -> resets.begin(first));
        loop.onTurnEnd(this::onTurnEnd);
        loop.onLoopEnd(this::onLoopEnd);
        loop.missedInboxes().sweepBy(this::runInboxes);
    }

    int index() {
        return index;
    }

    public EventLoop loop() {
        return loop;
    }

    /** The way here from another thread. */
    WorkerProxy self() {
        return self;
    }

    /** What it does while memory is short. */
    MemoryPressure pressure() {
        return pressure;
    }

    /** Its connections whose protocols quiesce. */
    Quiescences quiescences() {
        return quiescences;
    }

    public void onAdopt(Connection connection) {
        loop.assertOwner();
        connection.adoptedBy(this); // First: so it is found whatever happens from here on.
        link(connection);
        try {
            loopback.reserve(connections);
            connection.onAdopt();
        } catch (RuntimeException | Error e) {
            FailureReport.failed(LOG, connection, Doing.ADOPTION, e);
            connection.abandon(this, ByteStream.NO_MEMORY);
        }
    }

    private void link(Connection connection) {
        Connection head = first;
        connection.previous = null;
        connection.next = head;
        if (head != null) {
            head.previous = connection;
        }
        first = connection;
        connections++;
        quiescences.noteAgain(connection);
    }

    /** A fresh thread has taken the place of a dead one: the connections that it had end. */
    void onThreadLost(List<Connection> lost) {
        loop.assertOwner();
        forgetLists();
        for (Connection each : lost) {
            link(each);
            each.abandon(this, THREAD_LOST);
        }
        groups.rebuild(first);
    }

    /**
     * Something here may be half done (see {@code LeaseAudit}): the lists are made anew from all slots that are leased to
     * this worker, and their tokens are sent another way.
     */
    void onAudit(Wire tokens, List<Connection> leased) {
        loop.assertOwner();
        loopback.close();
        loopback = openLoopback(tokens);
        loopback.reserve(leased.size());
        forgetLists();
        for (Connection each : leased) {
            if (each.isReleased()) { // Its token may have been lost.
                giveBack(each.index, each.generation());
            } else if (!each.isAssigned()) { // It was not assigned yet, or had already ended.
                each.closeWire();
                each.clear();
                giveBack(each.index, each.release());
            } else {
                link(each);
                each.recover(this, NEVER_BEGUN);
            }
        }
        groups.rebuild(first);
    }

    private LoopbackSender openLoopback(Wire tokens) {
        try {
            return new LoopbackSender(tokens, loop.multiplexer());
        } catch (IOException e) {
            throw new IOError(e); // Another audit follows.
        }
    }

    private void forgetLists() {
        first = null;
        connections = 0;
        deferred.clear();
        quiescences.clear();
    }

    /** The connection that a transport is for, or was for before a hand-over; null when it has ended. */
    @Nullable
    ServedStream connectionOf(LeasedTransport transport) {
        ServedStream present = transport.connection();
        for (Connection each = first; present == null && each != null; each = each.next) {
            if (each.id() == transport.id() && each.phase() != Phase.ENDING && !each.isLost()) {
                present = each;
            }
        }
        return present;
    }

    /** The groups that its connections are in. */
    Groups groups() {
        return groups;
    }

    private void runInboxes() {
        for (Connection each = first; each != null; each = each.next) {
            each.runInbox();
        }
    }

    /** Ends or hands over connections; done is told on this thread. */
    void onDrain(DrainRequest request, Runnable done) {
        loop.assertOwner();
        new Drain(request, loop.nowNanos(), done).start(this);
    }

    /**
     * Hands connections of a binding over to another one, as far as they can be; those whose peers wait for an answer come
     * first. Returns how many, those on their way to it included.
     */
    int onHandOver(FactoryBinding from, FactoryBinding to) {
        loop.assertOwner();
        int handedOver = 0;
        for (Connection each = first; each != null; each = each.next) {
            if (each.inputWaits() && each.successor() == from) {
                each.redirect(to, Kind.SERVICE_GONE);
                handedOver++;
            }
        }
        DrainTime time = DrainTime.of(from, loop.nowNanos());
        for (Connection each = first; each != null; each = each.next) {
            if (each.successor() == from) {
                each.redirect(to, Kind.SERVICE_GONE);
                handedOver++;
            } else if (each.binding() == from && (each.isResumable() || each.successor() != null)) {
                each.handOverTo(to, time);
                handedOver++;
            }
        }
        return handedOver;
    }

    /** Ends the connections that wait in a holder that gets no factory; connections on the way to it stay. */
    void onExpire(FactoryBinding holder) {
        loop.assertOwner();
        for (Connection each = first; each != null; each = each.next) {
            if (each.successor() == holder) {
                each.redirect(null, Kind.SERVICE_GONE);
            }
        }
    }

    /** How the connections stand. */
    List<ConnectionView> onList() {
        loop.assertOwner();
        List<ConnectionView> views = new ArrayList<>();
        for (Connection each = first; each != null; each = each.next) {
            views.add(ConnectionView.of(each));
        }
        return views;
    }

    /** Closes a connection. Returns whether it is here. */
    boolean onCloseConnection(long id) {
        loop.assertOwner();
        for (Connection each = first; each != null; each = each.next) {
            if (each.id() == id) {
                each.close(CloseReason.of(Kind.CLOSED_BY_OPERATOR));
                return true;
            }
        }
        return false;
    }

    /** Settings of a binding have changed: its connections look at them again. */
    void onUpdate(FactoryBinding binding) {
        loop.assertOwner();
        for (Connection each = first; each != null; each = each.next) {
            if (each.binding() == binding) {
                each.onSettingsChanged();
            }
        }
    }

    /** Memory has become short, or is not any more: its connections look again at what they wait for. */
    void updateInterests() {
        for (Connection each = first; each != null; each = each.next) {
            if (each.isAdopted()) {
                each.updateInterest();
            }
        }
    }

    void onReadBufferBytes(int bytes) {
        loop.assertOwner();
        loop.multiplexer().readBufferBytes(bytes);
    }

    Network network() {
        return network;
    }

    /** The room for refused peers that linger, of all workers and the acceptor. */
    RefusedPeers refusedPeers() {
        return refusedPeers;
    }

    /** Calls the connection back at the end of this turn, when no callback is on the stack. */
    void defer(Connection connection) {
        loop.assertOwner();
        deferred.add(connection);
    }

    /** Has a drain say that it is done, now or as soon as it can. */
    void tell(Drain done) {
        try {
            done.tell();
        } catch (RuntimeException | Error e) {
            FailureReport.failed(LOG, loop.name(), Doing.DRAIN_DONE, e);
            done.nextUntold = untold;
            untold = done;
            loop.backOff();
        }
    }

    private void tellUntold() {
        Drain each = untold;
        untold = null;
        while (each != null) {
            Drain following = each.nextUntold;
            each.nextUntold = null;
            tell(each);
            each = following;
        }
    }

    @Nullable
    Connection firstConnection() {
        return first;
    }

    void remove(Connection connection) {
        loop.assertOwner();
        Connection before = connection.previous;
        Connection after = connection.next;
        if (before != null) {
            before.next = after;
        } else {
            first = after;
        }
        if (after != null) {
            after.previous = before;
        }
        connection.previous = null;
        connection.next = null;
        connections--;
        if (first == null) {
            loop.memory().clear();
        }
    }

    /** Makes sure of the room for one token. */
    void reserveToken() {
        loopback.reserve(1);
    }

    FailedEnds failedEnds() {
        return failedEnds;
    }

    void giveBack(int slot, int generation) {
        loop.assertOwner();
        failedEnds.onSuccess();
        loopback.giveBack(slot, generation);
    }

    /** Ends the connections that no drain has ended: a callback may have held up the drain until the engine gave it up. */
    private void onLoopEnd() {
        groups.seal();
        Connection each = first;
        while (each != null) {
            Connection following = each.next;
            each.onLoopEnd();
            each = following;
        }
    }

    /** Runs the deferred work of this turn; work that is deferred meanwhile has its turn next. */
    private void onTurnEnd() {
        if (loop.memory().takeAsked()) {
            pressure.onAsked();
        }
        deferred.run(DEFERRED_PER_TURN);
        resets.continueSweep();
        if (untold != null) {
            tellUntold();
        }
        boolean keptBack = loopback.flush(loop.isIdle());
        if (keptBack || deferred.size() > 0) {
            loop.requestTurn();
        }
    }
}
