package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.loop.EventLoop;
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

    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.loop");

    private final int index;
    private final EventLoop loop;
    private final LoopbackSender loopback;
    private final Network network;
    private final ArrayDeque<Connection> deferred = new ArrayDeque<>();
    private @Nullable Connection first;

    public Worker(int index, EventLoop loop, Network network, Wire loopbackEnd) throws IOException {
        this.index = index;
        this.loop = loop;
        this.loopback = new LoopbackSender(loopbackEnd, loop.multiplexer());
        this.network = network;
        loop.onTurnEnd(this::onTurnEnd);
        loop.onLoopEnd(this::onLoopEnd);
    }

    int index() {
        return index;
    }

    public EventLoop loop() {
        return loop;
    }

    public void onAdopt(Connection connection) {
        loop.assertOwner();
        Connection head = first;
        connection.next = head;
        if (head != null) {
            head.previous = connection;
        }
        first = connection;
        connection.onAdopt(this);
    }

    /** Ends or hands over connections; done is told on this thread. */
    void onDrain(DrainRequest request, Runnable done) {
        loop.assertOwner();
        new Drain(request, done).start(this);
    }

    /**
     * Hands connections of a binding over to another one, as far as they can be; those whose peers wait for an answer come
     * first. Returns how many.
     */
    int onHandOver(FactoryBinding from, FactoryBinding to) {
        loop.assertOwner();
        for (Connection each = first; each != null; each = each.next) {
            if (each.inputWaits() && each.successor() == from) {
                each.redirect(to, Kind.SERVICE_GONE);
            }
        }
        int handedOver = 0;
        for (Connection each = first; each != null; each = each.next) {
            if (each.successor() == from) {
                each.redirect(to, Kind.SERVICE_GONE);
            } else if (each.binding() == from && (each.isResumable() || each.successor() != null)) {
                each.handOverTo(to);
                handedOver++;
            }
        }
        return handedOver;
    }

    /** Ends the connections that wait in a holder that no factory will come to; who was on the way stays. */
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
            views.add(each.view());
        }
        return views;
    }

    /** Closes a connection. Returns whether it is here. */
    boolean onCloseConnection(long id) {
        loop.assertOwner();
        for (Connection each = first; each != null; each = each.next) {
            if (each.id() == id) {
                each.close(CloseReason.of(Kind.SERVICE_GONE));
                return true;
            }
        }
        return false;
    }

    /** Settings of a binding have changed: its connections look at their time limits again. */
    void onUpdate(FactoryBinding binding) {
        loop.assertOwner();
        for (Connection each = first; each != null; each = each.next) {
            if (each.binding() == binding) {
                each.watchLimit();
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

    /** Calls the connection back at the end of this turn, when no callback is on the stack. */
    void defer(Connection connection) {
        loop.assertOwner();
        deferred.add(connection);
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
    }

    void giveBack(int slot, int generation) {
        loop.assertOwner();
        loopback.giveBack(slot, generation);
    }

    /** Ends whom no drain has ended: a callback may have held up the drain until the engine gave it up. */
    private void onLoopEnd() {
        Connection each = first;
        while (each != null) {
            Connection following = each.next;
            each.onLoopEnd();
            each = following;
        }
    }

    /** Attends to those who asked for it before; who asks meanwhile has its turn next. */
    private void onTurnEnd() {
        for (int waiting = Math.min(deferred.size(), DEFERRED_PER_TURN); waiting > 0; waiting--) {
            Connection waits = deferred.remove();
            try {
                waits.runDeferred();
            } catch (RuntimeException | Error e) {
                LOG.error("{} failed", waits, e);
            }
        }
        boolean keptBack = loopback.flush(loop.isIdle());
        if (keptBack || !deferred.isEmpty()) {
            loop.requestTurn();
        }
    }
}
