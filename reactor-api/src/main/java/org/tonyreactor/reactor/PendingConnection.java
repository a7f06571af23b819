package org.tonyreactor.reactor;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.tonyreactor.protocol.Protocol;

/** A connection on its way to a server. Any thread. */
@ProviderType
public interface PendingConnection {
    /**
     * The outcome. It completes on the connection's worker after {@code connectionMade}. A dependent stage must not block.
     *
     * <p>It fails, on the thread that finds out, with
     * <ul>
     *   <li>an {@link java.io.IOException} when the server cannot be reached within the time-out: what happened to the last
     *       address that was tried, and to the others as {@linkplain Throwable#getSuppressed suppressed}; a
     *       {@link java.net.BindException} when the local address cannot be had
     *   <li>an {@link java.io.IOException} when the factory gives no protocol, or the reactor is closed before the connection
     *       is made
     *   <li>what the factory, or {@code connectionMade}, has thrown
     *   <li>a {@link java.util.concurrent.CancellationException} after {@link #cancel}
     * </ul>
     *
     * @return a stage that completes with the connected protocol
     */
    CompletionStage<Protocol> connected();

    /**
     * Cancels the attempt if the connection is not made yet. Its socket is let go at once, in the next turn of the worker's
     * loop; while the name is looked up, none is opened any more. A factory that was asked already is not told, its
     * protocol of {@code connectionLost}.
     *
     * @return true when this call has cancelled it
     */
    boolean cancel();
}
