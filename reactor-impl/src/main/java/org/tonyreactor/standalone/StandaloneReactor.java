package org.tonyreactor.standalone;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.EngineReactor;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.ConnectSettings;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.Group;
import org.tonyreactor.reactor.GroupSettings;
import org.tonyreactor.reactor.ListeningPort;
import org.tonyreactor.reactor.PendingConnection;
import org.tonyreactor.reactor.Reactor;
import org.tonyreactor.transport.ScheduledCall;

/**
 * A reactor with its own engine, for a plain {@code main}. Its threads keep the JVM alive until it is closed.
 *
 * <pre>{@code
 * try (StandaloneReactor reactor = StandaloneReactor.start();
 *         ListeningPort echo = reactor.listen(EndpointSettings.port(7007), new EchoFactory())) {
 *     ...
 * }
 * }</pre>
 */
public final class StandaloneReactor implements Reactor, AutoCloseable {
    private final Engine engine;
    private final EngineReactor reactor;

    private StandaloneReactor(Engine engine) {
        this.engine = engine;
        this.reactor = engine.newReactor();
    }

    /**
     * Starts a reactor with one worker per processor.
     *
     * @return the running reactor
     * @throws IOException when the system refuses a selector or the loopback channel
     */
    public static StandaloneReactor start() throws IOException {
        return start(0);
    }

    /**
     * Starts a reactor.
     *
     * @param workers worker threads; 0 is one per processor
     * @return the running reactor
     * @throws IOException when the system refuses a selector or the loopback channel
     */
    public static StandaloneReactor start(int workers) throws IOException {
        return new StandaloneReactor(Engine.start(EngineSettings.defaults().withWorkers(workers)));
    }

    /**
     * Sets a listener for the case that the engine stops by itself, because its threads died again and again. Then
     * nothing is served any more. It runs on a thread of the engine that is about to end.
     *
     * @param listener for example code that ends the process
     */
    public void onFatal(Runnable listener) {
        engine.onFatal(listener);
    }

    @Override
    public ScheduledCall callLater(Duration delay, Runnable call) {
        return reactor.callLater(delay, call);
    }

    @Override
    public ListeningPort listen(EndpointSettings settings, ProtocolFactory factory) {
        return reactor.listen(settings, factory);
    }

    @Override
    public PendingConnection connect(SocketAddress remote, ConnectSettings settings, ProtocolFactory factory) {
        return reactor.connect(remote, settings, factory);
    }

    @Override
    public Group group(String name) {
        return reactor.group(name);
    }

    @Override
    public Group group(String name, GroupSettings settings) {
        return reactor.group(name, settings);
    }

    /** Drains all connections, ends them and the threads, all within ten seconds. A second call is a no-op. */
    @Override
    public void close() {
        engine.beginStop();
        reactor.close();
        engine.close();
    }
}
