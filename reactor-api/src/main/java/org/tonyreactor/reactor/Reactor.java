package org.tonyreactor.reactor;

import java.net.SocketAddress;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.ScheduledCall;

/**
 * The reactor for code that is not a protocol. As an OSGi service it belongs to the bundle that got it. When that bundle
 * stops or gives the service back, the reactor's listening ports, connections and timers end. In a plain {@code main} the
 * reactor lives until it is closed.
 *
 * <p>Any thread may call it.
 */
@ProviderType
public interface Reactor {
    /**
     * Runs a call later on a worker thread. The call must not block.
     *
     * @param delay how long to wait, rounded up to milliseconds; zero or less means the next turn of the loop
     * @param call the code to run; if it throws, the failure is logged
     * @return the pending call
     */
    ScheduledCall callLater(Duration delay, Runnable call);

    /**
     * Serves an address with a factory until the result is closed. The address is bound when this returns.
     *
     * @param settings where and how to listen
     * @param factory builds the protocols
     * @return the open port
     * @throws java.io.UncheckedIOException if the address cannot be bound; the cause says why
     * @throws IllegalStateException if the engine has stopped, or on a reactor thread (which must not wait)
     */
    ListeningPort listen(EndpointSettings settings, ProtocolFactory factory);

    /**
     * Connects to a server. The factory builds its protocol once the connection is open, on the worker that serves it.
     *
     * <p>The engine looks up a name that is not resolved ({@link java.net.InetSocketAddress#createUnresolved}), so the
     * caller does not wait for a name server. All addresses of the name are tried, one after the other, in the order of
     * the answer; each gets an equal share of the remaining time. This method does not wait: any thread may call it,
     * also a worker.
     *
     * @param remote the address of the server; resolved, or a name
     * @param settings how to connect, and the limits of the connection
     * @param factory builds the protocol, once
     * @return the pending connection
     * @throws IllegalStateException if this reactor is closed, or the engine has stopped
     */
    PendingConnection connect(SocketAddress remote, ConnectSettings settings, ProtocolFactory factory);

    /**
     * The group of a name. Writes reach every member ({@link GroupSettings#DEFAULTS}).
     *
     * @param name any name; it costs nothing while the group has no member
     * @return the group, for as long as the engine runs
     */
    Group group(String name);

    /**
     * The group of a name.
     *
     * @param name any name; it costs nothing while the group has no member
     * @param settings how writes through the result treat the members
     * @return the group, for as long as the engine runs
     */
    Group group(String name, GroupSettings settings);
}
