package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * Turns away peers that no worker has got. Each sees FIN, and what it still sends is discarded until it ends too, or for
 * {@link RefusedPeers#LINGER_MILLIS}: closing at once would send RST to a peer that has spoken already (ADR 26).
 *
 * <p>Bound: {@link RefusedPeers}. Owner: the acceptor.
 */
final class Refusals {
    private static final Log LOG = Log.named("org.tonyreactor.acceptor");

    private final EventLoop loop;
    private final RefusedPeers room;
    private int lingering;
    /** The action that waits until none lingers. */
    private Runnable whenNone = () -> {};

    Refusals(EventLoop loop, RefusedPeers room) {
        this.loop = loop;
        this.room = room;
    }

    /** Ends a peer that is on no loop. */
    void refuse(Wire peer) {
        loop.assertOwner();
        if (!room.enter()) {
            peer.reset();
            return;
        }
        lingering++;
        Lingering begun = null;
        try {
            begun = new Lingering(peer);
            begun.begin();
        } catch (IOException e) {
            LOG.debug("{} was gone before it was refused", peer, e);
            close(peer, begun);
        } catch (RuntimeException | Error e) {
            FailureReport.failed(LOG, peer, Doing.REFUSING, e);
            close(peer, begun);
        }
    }

    /** Runs an action once nobody lingers any more, or at a time limit; perhaps at both. */
    void whenNone(long limitNanos, Runnable action) {
        loop.assertOwner();
        whenNone = action;
        tellNone();
        loop.schedule(limitNanos, action);
    }

    private void close(Wire peer, @Nullable Lingering lingered) {
        if (lingered != null) {
            lingered.cancel();
        }
        peer.closeSoon();
        room.leave();
        lingering--;
        tellNone();
    }

    private void tellNone() {
        if (lingering == 0) {
            Runnable told = whenNone;
            whenNone = () -> {};
            told.run();
        }
    }

    /** One of them. */
    private final class Lingering implements Multiplexer.ReadyHandler {
        private final Wire peer;
        private @Nullable Timer limit;

        Lingering(Wire peer) {
            this.peer = peer;
        }

        void begin() throws IOException {
            peer.shutdownOutput();
            limit = loop.schedule(TimeUnit.MILLISECONDS.toNanos(RefusedPeers.LINGER_MILLIS), () -> close(peer, this));
            peer.interest(Wire.READ);
            peer.attach(loop.multiplexer(), this);
        }

        void cancel() {
            if (limit != null) {
                limit.cancel();
            }
        }

        @Override
        public void onReady(int readyOps) {
            try {
                ByteBuffer dropped = peer.read();
                while (dropped != null
                        && !Wire.isEnd(dropped)
                        && peer.hasMore()) { // Ends: what lies inside is bounded.
                    dropped = peer.read();
                }
                if (dropped != null && Wire.isEnd(dropped)) {
                    close(peer, this);
                }
            } catch (IOException e) {
                LOG.debug("{} has gone while it was refused", peer, e);
                close(peer, this);
            }
        }
    }
}
