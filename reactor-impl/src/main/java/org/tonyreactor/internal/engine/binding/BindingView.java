package org.tonyreactor.internal.engine.binding;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.wire.AddressText;

/**
 * The state of a binding when the acceptor last published it. Immutable; the binding's counters continue to change.
 *
 * @param binding the factory on its address
 * @param state its state
 * @param host the host that was requested
 * @param port the real port, or the requested one while it is not bound
 * @param failure why the address could not be bound, or null
 * @param shadowedBy the binding that gets the new connections instead, on this address or on one that overlaps with it; or null
 * @param sharePercent how many of all new connections of the address it gets
 * @param accepting whether the operator's commands allow new connections
 */
public record BindingView(
        FactoryBinding binding,
        State state,
        String host,
        int port,
        @Nullable BindFailure failure,
        @Nullable FactoryBinding shadowedBy,
        double sharePercent,
        boolean accepting) {
    /** The address, with the port that it has here. */
    public String address() {
        return AddressText.of(host, port);
    }

    /** The states of a binding. */
    public enum State {
        /** It serves new connections. */
        BOUND,
        /** No factory serves new connections: they wait for the next one, as the suspended connections do. */
        HELD,
        /** Its connections have failed too often, or an operator has said so: others get the new ones. */
        QUARANTINED,
        /** Another factory of the same address, or of one that overlaps with it, stands above it. */
        SHADOWED,
        /** It takes no new connections; its last ones are ending. */
        DRAINING,
        /** Its address cannot be bound for now. */
        FAILED
    }
}
