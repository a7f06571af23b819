package org.tonyreactor.internal.engine.connection;

import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.FailureReport;
import org.tonyreactor.internal.engine.wire.Multiplexer;
import org.tonyreactor.internal.engine.wire.Wire;

/**
 * Looks now and then for connections that the peer has reset while nothing is waited for on their wires: reading is paused,
 * or the peer has sent FIN, and no output is pending. Nothing else would tell of it before the next write.
 *
 * <p>Bounds: every {@link #PERIOD_MILLIS}, and {@link #WIRES_PER_TURN}; the remainder has the next turns. Owner: the worker.
 */
final class ResetSweep {
    static final long PERIOD_MILLIS = 20_000;
    static final int WIRES_PER_TURN = 256;

    private static final Log LOG = Log.named("org.tonyreactor.connection");

    private final EventLoop loop;
    /** What is to be looked at in this sweep. Wires, since a slot may be another's by the time that it is looked at. */
    private final ArrayDeque<Wire> left = new ArrayDeque<>();

    ResetSweep(EventLoop loop) {
        this.loop = loop;
    }

    /** Begins with all that stand so now. */
    void begin(@Nullable Connection first) {
        left.clear();
        for (Connection each = first; each != null; each = each.next) {
            if (each.isUnwatched() && !each.isOutputShut() && each.phase() != Phase.ENDING) {
                left.add(each.wire());
            }
        }
    }

    /** Looks at some of them. At the end of the turn. */
    void continueSweep() {
        if (left.isEmpty()) {
            return;
        }
        try {
            for (int asked = 0; asked < WIRES_PER_TURN && !left.isEmpty(); asked++) {
                left.remove().probe();
            }
            loop.multiplexer().probe(Multiplexer.ReadyHandler::onReady);
        } catch (IOException e) {
            left.clear(); // Descriptors have run out, say: the next sweep tries again.
            LOG.debug("{}: looking for connections that were reset failed", loop.name(), e);
        } catch (RuntimeException | Error e) {
            left.clear();
            FailureReport.failed(LOG, loop.name(), Doing.PROBING, e);
        }
        if (!left.isEmpty()) {
            loop.requestTurn();
        }
    }
}
