package org.tonyreactor.internal.engine.connection;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.Peer;

/** Where a connection comes from: accepted, or made by this side ({@link ConnectAttempt}). On the worker. */
interface Origin {
    /** Accepted. Its protocols may be pooled, and handed over. */
    Origin ACCEPTED = new Origin() {
        @Override
        public void begin(Connection connection) {
            connection.open();
        }

        @Override
        public @Nullable Protocol build(FactoryBinding from, int worker, Peer peer) throws Exception {
            return from.newProtocol(worker, peer);
        }

        @Override
        public boolean isAccepted() {
            return true;
        }
    };

    /** Whether the connection is still wanted. */
    default boolean isWanted() {
        return true;
    }

    /** The first step of the connection on its worker. */
    void begin(Connection connection);

    /** How much time is left of the present step of connecting. */
    default long connectLeftNanos(long nowNanos) {
        return Long.MAX_VALUE;
    }

    /** The present step of connecting has taken too long. */
    default void onConnectTimeout(Connection connection) {}

    /** Its wire has something to say about connecting. */
    default void onConnectReady(Connection connection) {}

    /** A protocol for it; null refuses it. */
    @Nullable
    Protocol build(FactoryBinding from, int worker, Peer peer) throws Exception;

    /** Whether its protocol is one of its endpoint: such a one is pooled, and may be handed over. */
    boolean isAccepted();

    /** Its protocol has been told connectionMade, which may have thrown. */
    default void onMade(Protocol protocol, @Nullable Throwable thrown) {}

    /** It has ended. */
    default void onEnded(CloseReason why) {}
}
