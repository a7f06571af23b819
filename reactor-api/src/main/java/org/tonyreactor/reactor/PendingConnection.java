package org.tonyreactor.reactor;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.tonyreactor.protocol.Protocol;

/** A connection on its way to a server. Any thread. */
@ProviderType
public interface PendingConnection {
    /**
     * The outcome of the attempt. It completes on the connection's worker after {@code connectionMade}. A dependent
     * stage must not block.
     *
     * <p>It fails, on the thread that finds the failure, with
     * <ul>
     * <li>an {@link java.io.IOException} if the server cannot be reached within the time-out: it is the failure of the
     *     last address that was tried, and has the failures of the others as
     *     {@linkplain Throwable#getSuppressed suppressed}; a {@link java.net.BindException} if the local address is not
     *     available
     * <li>an {@link java.io.IOException} if the factory gives no protocol, or if the reactor is closed before the
     *     connection is made
     * <li>the exception that the factory, or {@code connectionMade}, has thrown
     * <li>a {@link java.util.concurrent.CancellationException} after {@link #cancel}
     * </ul>
     *
     * @return a stage that completes with the connected protocol
     */
    CompletionStage<Protocol> connected();

    /**
     * Cancels the attempt if the connection is not made yet. Its socket is closed at once, in the next turn of the
     * worker's loop. If the name is still looked up, no socket is opened. If the factory has already built a protocol,
     * the factory is not told, and the protocol gets {@code connectionLost}.
     *
     * @return true if this call has cancelled it
     */
    boolean cancel();
}
