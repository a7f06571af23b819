package org.tonyreactor.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * How a binding stood when the acceptor last published it. Immutable; the binding's counters move on.
 *
 * @param binding the factory on its address
 * @param state how it stands
 * @param host the host asked for
 * @param port the real port, or the one asked for while it is not bound
 * @param failure why the address could not be bound, if so
 */
public record BindingView(
        FactoryBinding binding,
        State state,
        String host,
        int port,
        @Nullable BindFailure failure) {
    /** The states of a binding. */
    public enum State {
        /** It serves new connections. */
        BOUND,
        /** Another factory of the same address stands above it. */
        SHADOWED,
        /** It takes no new connections; its last ones are ending. */
        DRAINING,
        /** Its address cannot be bound for now. */
        FAILED
    }
}
