package org.tonyreactor.internal.engine.connection;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.transport.CloseReason.Kind;

/**
 * What is to be drained, and how.
 *
 * @param binding whose connections; null for all
 * @param successor who takes over the connections that can be handed over; null when all of them end
 * @param kind what the protocols of those that end are told
 * @param timeoutNanos how long they have to finish what they are at
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

    boolean covers(Connection connection) {
        return binding == null || connection.binding() == binding;
    }
}
