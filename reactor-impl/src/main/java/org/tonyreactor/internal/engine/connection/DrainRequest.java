package org.tonyreactor.internal.engine.connection;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * An order to drain connections.
 *
 * @param binding the binding whose connections are drained; null for all
 * @param successor the binding that takes over the connections that can be handed over; null if all of them end
 * @param kind the reason for the protocols of connections that end
 * @param timeoutNanos how long the connections have to finish
 * @param last whether the binding has gone, so that nothing of its factory may be kept
 */
public record DrainRequest(
        @Nullable FactoryBinding binding,
        @Nullable FactoryBinding successor,
        Kind kind,
        long timeoutNanos,
        boolean last) {
    /** Everything ends: the engine stops. */
    public static DrainRequest all(Kind kind, long timeoutNanos) {
        return new DrainRequest(null, null, kind, timeoutNanos, true);
    }

    /** Not one whose protocol is told already, unless its wire counts, too. */
    boolean covers(Connection connection) {
        return binding == null || (connection.binding() == binding && !connection.isLost());
    }
}
