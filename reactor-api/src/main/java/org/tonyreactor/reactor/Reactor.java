package org.tonyreactor.reactor;

import java.net.SocketAddress;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.ScheduledCall;

/**
 * The reactor for code that is no protocol. As an OSGi service it belongs to the bundle that got it: when that bundle
 * stops or gives it back, what it listens to, its connections and its timers end with it. In a plain {@code main} it
 * lives until it is closed.
 *
 * <p>Any thread may call it.
 */
@ProviderType
public interface Reactor {
    /**
     * Runs a call later on a worker thread; it must not block.
     *
     * @param delay how long to wait, rounded up to milliseconds; zero or less means the next turn of the loop
     * @param call what to run; if it throws, the failure is logged
     * @return the pending call
     */
    ScheduledCall callLater(Duration delay, Runnable call);

    /**
     * Serves an address with a factory until the result is closed. The address is bound when this returns.
     *
     * @param settings where and how to listen
     * @param factory builds the protocols
     * @return the open port
     * @throws java.io.UncheckedIOException when the address cannot be bound; the cause says why
     * @throws IllegalStateException when the engine has stopped, or on a reactor thread (it must not wait)
     */
    ListeningPort listen(EndpointSettings settings, ProtocolFactory factory);

    /**
     * Connects to a server. The factory's protocol is built once the connection is up, on the worker that serves it.
     *
     * <p>A name that is not resolved ({@link java.net.InetSocketAddress#createUnresolved}) is looked up by the engine, so that
     * nobody has to wait for a name server. All its addresses are tried, one after the other, in the order of the answer;
     * each gets an equal share of the time that is left. Nothing is waited for: any thread may call, a worker too.
     *
     * @param remote where to connect to; resolved, or a name
     * @param settings how to connect, and what the connection may take
     * @param factory builds the protocol, once
     * @return the pending connection
     * @throws IllegalStateException when this reactor is closed, or the engine has stopped
     */
    PendingConnection connect(SocketAddress remote, ConnectSettings settings, ProtocolFactory factory);

    /**
     * The group of a name, to which every member gets everything ({@link GroupSettings#DEFAULTS}).
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
