package org.tonyreactor.reactor;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.tonyreactor.protocol.Protocol;

/** A connection on its way to a server. Any thread. */
@ProviderType
public interface PendingConnection {
    /**
     * The outcome. It completes on the connection's worker after {@code connectionMade}, or fails with an
     * {@link java.io.IOException} when the server cannot be reached within 30 s or the factory gives no protocol, or
     * with a {@link java.util.concurrent.CancellationException}. A dependent stage must not block.
     *
     * @return a stage that completes with the connected protocol
     */
    CompletionStage<Protocol> connected();

    /**
     * Cancels the attempt if the connection is not up yet.
     *
     * @return true when this call has cancelled it
     */
    boolean cancel();
}
