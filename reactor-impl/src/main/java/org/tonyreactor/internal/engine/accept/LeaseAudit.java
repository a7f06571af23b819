package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tonyreactor.internal.engine.connection.Connection;
import org.tonyreactor.internal.engine.connection.WorkerGroup;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.wire.Network;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * Looks after the leases of slots. Some Errors (a stack that overflows, a heap that is exhausted, {@code Thread.stop}) may
 * strike between any two instructions: while a slot is taken or put back, a mail read, an end half done, a token half
 * sent. The Error does not say what is torn. So, once no more Errors come, everything is made anew from two facts that no
 * Error can tear: the lease that is noted in the slot, and the generation that its worker has released.
 *
 * <ol>
 * <li>The pool makes its lists of free slots anew, and the loads are counted.
 * <li>Each worker gets a new pair of wires for its tokens, so that a token that was torn shifts none behind it. The
 *     acceptor closes its end of the old pair first: from then on no slot of this worker is recycled.
 * <li>A mail tells the worker the new pair and all slots that are leased to it. It comes behind the mails of these leases.
 *     The worker makes its lists anew, gives back what it has released once more, and ends what it has never begun.
 * </ol>
 *
 * Each step may be done again at any time, so an Error in one only means that another audit follows.
 *
 * <p>Owner: the acceptor.
 */
final class LeaseAudit {
    /** How often the audit checks whether there were Errors. */
    static final long PERIOD_MILLIS = 500;
    /** The most periods with new Errors for which the audit waits: otherwise it might never run. */
    static final int MAX_PERIODS_WAITED = 20;

    private static final Log LOG = Log.named("org.tonyreactor.acceptor");

    private final EventLoop loop;
    private final Network network;
    private final WorkerGroup workers;
    private final Dispatcher dispatcher;
    private final List<LoopbackReceiver> receivers = new ArrayList<>();
    /** The workers that are to be audited. */
    private final boolean[] doubted;

    private long errorsSeen = FailureReport.errors();
    private int periodsWaited;

    LeaseAudit(EventLoop loop, Network network, WorkerGroup workers, Dispatcher dispatcher) {
        this.loop = loop;
        this.network = network;
        this.workers = workers;
        this.dispatcher = dispatcher;
        this.doubted = new boolean[workers.size()];
        loop.every(() -> PERIOD_MILLIS, this::look);
    }

    /** Reads the tokens of the next worker from a wire. Before the loop starts. */
    void receive(Wire tokens) throws IOException {
        receivers.add(receiver(tokens));
    }

    private LoopbackReceiver receiver(Wire tokens) throws IOException {
        return new LoopbackReceiver(tokens, loop.multiplexer(), dispatcher::onToken);
    }

    private void look() {
        long errors = FailureReport.errors();
        boolean more = errors != errorsSeen;
        errorsSeen = errors;
        if (more) {
            Arrays.fill(doubted, true);
            if (++periodsWaited < MAX_PERIODS_WAITED) {
                return;
            }
        }
        periodsWaited = 0;
        for (int worker = 0; worker < doubted.length; worker++) {
            if (doubted[worker]) {
                audit(worker);
            }
        }
    }

    /** The thread of a worker has died: a fresh one ends the connections that the dead one had. */
    void onWorkerDeath(int worker) {
        audit(worker); // First: its mail comes behind those of connections that were never adopted.
        List<Connection> lost = new ArrayList<>();
        for (Connection slot : dispatcher.pool().leasedTo(worker)) {
            if (slot.isAdopted() && slot.isAssigned() && !slot.isReleased()) {
                lost.add(slot);
            }
        }
        workers.get(worker).restart(lost);
        LOG.warn("{} connection(s) of worker {} end with its thread", lost.size(), worker);
    }

    /** A fresh thread has taken the place of the acceptor's dead one. */
    void onThreadLost() {
        Arrays.fill(doubted, true);
        receivers.forEach(each -> each.onReady(0));
    }

    /** Another one follows when the worker has not got the mail. */
    private void audit(int worker) {
        try {
            dispatcher.recount();
            doubted[worker] = !audit(worker, network.openPairs(1).get(0));
        } catch (IOException | RuntimeException | Error e) {
            doubted[worker] = true;
            FailureReport.failed(LOG, this, Doing.AUDIT, e);
        }
    }

    /** Returns whether the worker has got the mail. Nothing has changed when it has not. */
    private boolean audit(int worker, Network.Pair tokens) throws IOException {
        boolean posted = false;
        try {
            LoopbackReceiver fresh = receiver(tokens.second());
            posted = workers.get(worker).audit(tokens.first(), dispatcher.pool().leasedTo(worker));
            if (posted) {
                receivers.set(worker, fresh).close();
            }
            return posted;
        } finally {
            if (!posted) {
                tokens.close();
            }
        }
    }

    @Override
    public String toString() {
        return "audit of leases";
    }
}
