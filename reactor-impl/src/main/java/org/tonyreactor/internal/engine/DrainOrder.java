package org.tonyreactor.internal.engine;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * What is to be drained, and how.
 *
 * @param binding whose connections; null for all
 * @param heir who takes over the connections that can be handed over; null when all of them end
 * @param kind what the protocols of those that end are told
 * @param timeoutNanos how long they have to finish what they are at
 * @param last whether the binding has gone, so that nothing of its factory may be kept
 */
record DrainOrder(
        @Nullable FactoryBinding binding, @Nullable FactoryBinding heir, Kind kind, long timeoutNanos, boolean last) {
    /** Everything ends: the engine stops. */
    static DrainOrder all(Kind kind, long timeoutNanos) {
        return new DrainOrder(null, null, kind, timeoutNanos, true);
    }

    boolean covers(Connection connection) {
        return binding == null || connection.binding() == binding;
    }
}
