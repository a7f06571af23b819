package org.tonyreactor.internal.engine;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.connection.ConnectAttempt;
import org.tonyreactor.internal.engine.connection.LeasedTransport;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.CallbackLog;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.UserTimers;
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
 * The reactor of one user. Its listening ports, connections and timers end when it is closed. Any thread; its timers run
 * on one worker.
 */
public final class EngineReactor implements Reactor, AutoCloseable {
    private static final Log LOG = Log.named("org.tonyreactor.engine");

    private final Engine engine;
    private final UserTimers timers;
    private final ClientBindings clients;
    private final Set<Open> listenings = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    EngineReactor(Engine engine, EventLoop loop) {
        this.engine = engine;
        this.timers = new UserTimers(loop, call -> runTimer(loop, call));
        this.clients = new ClientBindings(settings -> engine.newBinding(settings, null));
    }

    @Override
    public ScheduledCall callLater(Duration delay, Runnable call) {
        Objects.requireNonNull(call, "call");
        requireOpen();
        return timers.callLater(LeasedTransport.nanosOf(delay), call);
    }

    @Override
    public ListeningPort listen(EndpointSettings settings, ProtocolFactory factory) {
        Objects.requireNonNull(factory, "factory");
        requireOpen();
        if (engine.inLoop()) {
            throw new IllegalStateException("listen waits for the acceptor, so it is not for a reactor thread");
        }
        FactoryBinding binding = engine.newBinding(settings, factory);
        Open opened = new Open(binding, engine.listen(binding));
        listenings.add(opened);
        if (closed.get()) { // It may have been closed meanwhile, without seeing this one.
            opened.close();
        }
        return opened;
    }

    @Override
    public PendingConnection connect(SocketAddress remote, ConnectSettings settings, ProtocolFactory factory) {
        Objects.requireNonNull(remote, "remote");
        Objects.requireNonNull(factory, "factory");
        requireOpen();
        FactoryBinding binding = clients.acquire(settings);
        ConnectAttempt attempt =
                new ConnectAttempt(remote, settings, factory, engine.names(), () -> clients.release(binding));
        engine.connect(attempt, binding);
        if (closed.get()) { // It may have been closed meanwhile, without seeing this one.
            engine.close(binding);
        }
        return attempt;
    }

    @Override
    public Group group(String name) {
        return group(name, GroupSettings.DEFAULTS);
    }

    @Override
    public Group group(String name, GroupSettings settings) {
        requireOpen();
        return engine.group(Objects.requireNonNull(name, "name"), Objects.requireNonNull(settings, "settings"));
    }

    /** Ends everything this user has opened. On a thread of the engine it does not wait. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        timers.close();
        listenings.forEach(Open::close);
        engine.close(clients.all());
    }

    private void requireOpen() {
        if (closed.get() || engine.isStopped()) {
            throw new IllegalStateException("the reactor is closed");
        }
    }

    private static void runTimer(EventLoop loop, Runnable call) {
        loop.presentTurn().worksFor(null); // Whose it is, its class tells.
        try {
            call.run();
        } catch (Throwable e) {
            CallbackLog.threw(LOG, "a timer", e);
        }
    }

    private final class Open implements ListeningPort {
        private final FactoryBinding binding;
        private final InetSocketAddress address;
        private final AtomicBoolean open = new AtomicBoolean(true);

        Open(FactoryBinding binding, InetSocketAddress address) {
            this.binding = binding;
            this.address = address;
        }

        @Override
        public InetSocketAddress localAddress() {
            return address;
        }

        @Override
        public boolean isOpen() {
            return open.get();
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                engine.close(binding);
                listenings.remove(this);
            }
        }
    }
}
