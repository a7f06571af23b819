package org.tonyreactor.internal.whiteboard;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.ConnectionListView;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.EngineControl;
import org.tonyreactor.internal.engine.accept.WaitingPeer;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.connection.ConnectionView;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.runtime.EndpointRef;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.dto.ClassLoaderLeakDTO;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.runtime.dto.ConnectionListDTO;
import org.tonyreactor.transport.Peer;

/**
 * The operator's entry as a service. It turns the engine's views into data transfer objects, and logs each command
 * unless the engine logs it with the cause. Any thread.
 */
final class AdminService implements ReactorAdmin {
    private static final Log LOG = Log.named("org.tonyreactor.whiteboard");
    /** How many addresses a message names. */
    private static final int NAMED_ADDRESSES = 8;
    /** Of a connection that has none yet. */
    private static final long NO_ID = -1;

    /** The form of an address, which {@link EndpointRef} has checked already. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?<host>[^/]+):(?<port>\\d{1,5})");

    private final Engine engine;
    private final EngineControl control;
    private final ClassLoaderLeaks leaks;

    AdminService(Engine engine, ClassLoaderLeaks leaks) {
        this.engine = engine;
        this.control = engine.control();
        this.leaks = leaks;
    }

    @Override
    public ConnectionDTO[] getConnectionDTOs() {
        return getConnectionListDTO().connectionDTOs;
    }

    @Override
    public ConnectionListDTO getConnectionListDTO() {
        ConnectionListView view = control.list();
        ConnectionListDTO dto = new ConnectionListDTO();
        dto.connectionDTOs = Stream.concat(
                        view.connections().stream().map(AdminService::connection),
                        view.waiting().stream().map(AdminService::waiting))
                .toArray(ConnectionDTO[]::new);
        dto.missingThreads = view.missingThreads().toArray(String[]::new);
        return dto;
    }

    @Override
    public boolean closeConnection(long id) {
        boolean found = control.closeConnection(id);
        if (found) {
            LOG.info("connection {} is closed by command", id);
        }
        return found;
    }

    @Override
    public void suspendAccepting(EndpointRef endpoint) {
        BindingView meant = find(endpoint);
        LOG.info("{} accepts no more by command", meant.address());
        control.suspendAccepting(meant.host(), meant.port(), true);
    }

    @Override
    public void resumeAccepting(EndpointRef endpoint) {
        BindingView meant = find(endpoint);
        LOG.info("{} accepts again by command", meant.address());
        control.suspendAccepting(meant.host(), meant.port(), false);
    }

    @Override
    public void drain(EndpointRef endpoint) {
        BindingView meant = find(endpoint);
        LOG.info("{} is drained by command", meant.address());
        control.drain(meant.host(), meant.port(), true);
    }

    @Override
    public void close(EndpointRef endpoint) {
        BindingView meant = find(endpoint);
        LOG.info("{} is closed by command", meant.address());
        control.drain(meant.host(), meant.port(), false);
    }

    @Override
    public void hold(EndpointRef endpoint) {
        BindingView meant = find(endpoint);
        control.hold(meant.host(), meant.port());
    }

    @Override
    public int handOver(EndpointRef endpoint) {
        BindingView meant = find(endpoint);
        int handedOver = control.handOver(meant.host(), meant.port());
        LOG.info("{} connection(s) of {} are handed over by command", handedOver, meant.address());
        return handedOver;
    }

    @Override
    public void quarantine(long serviceId) {
        control.quarantine(serviceId, true);
    }

    @Override
    public void release(long serviceId) {
        control.quarantine(serviceId, false);
        LOG.info("the factory of service {} is let out of quarantine by command", serviceId);
    }

    @Override
    public ClassLoaderLeakDTO[] getClassLoaderLeakDTOs() {
        return leaks.alive();
    }

    /** A binding at the address that is meant; whichever has been taken off its address is not meant. */
    private BindingView find(EndpointRef endpoint) {
        Map<String, BindingView> meant = new TreeMap<>();
        engine.bindings().stream()
                .filter(view -> view.state() != State.DRAINING && RuntimeReport.isEndpoint(view))
                .filter(view -> endpoint.matches(RuntimeReport.endpoint(view)))
                .forEach(view -> meant.putIfAbsent(view.address(), view));
        if (meant.isEmpty()) {
            atAddress(endpoint).forEach(view -> meant.putIfAbsent(view.address(), view));
            if (!meant.isEmpty()) {
                return meant.values().iterator().next(); // All are at one address, however each of them spells it.
            }
            throw new IllegalArgumentException("there is no endpoint " + endpoint);
        }
        if (meant.size() > 1 && !areOne(meant)) {
            throw new IllegalArgumentException(
                    endpoint + " is the name of " + meant.size() + " endpoints: say which of "
                            + meant.keySet().stream().limit(NAMED_ADDRESSES).collect(Collectors.joining(", ")));
        }
        return meant.values().iterator().next();
    }

    /** Whether all are at one address, however each of them spells it. */
    private boolean areOne(Map<String, BindingView> meant) {
        BindingView first = meant.values().iterator().next();
        return control.bindingsAt(first.host(), first.port()).stream()
                .map(BindingView::address)
                .collect(Collectors.toSet())
                .containsAll(meant.keySet());
    }

    /** Bindings at an address that is spelled in another way than theirs. */
    private List<BindingView> atAddress(EndpointRef endpoint) {
        Matcher matcher = HOST_AND_PORT.matcher(endpoint.toString());
        return matcher.matches()
                ? control.bindingsAt(matcher.group("host"), Integer.parseInt(matcher.group("port")))
                : List.of();
    }

    private static ConnectionDTO of(
            FactoryBinding binding, @Nullable SocketAddress remote, @Nullable SocketAddress local) {
        ConnectionDTO dto = new ConnectionDTO();
        dto.endpoint = binding.name();
        dto.serviceId = binding.rank().serviceId();
        dto.bundleId = binding.rank().bundleId();
        dto.remote = remote == null ? "" : AddressText.of(remote);
        dto.local = local == null ? "" : AddressText.of(local);
        return dto;
    }

    private static ConnectionDTO waiting(WaitingPeer peer) {
        ConnectionDTO dto = of(peer.holder(), peer.remoteAddress(), peer.localAddress());
        dto.id = NO_ID;
        dto.state = ConnectionDTO.STATE_WAITING;
        dto.thread = Engine.ACCEPTOR;
        dto.ageMillis = peer.ageMillis();
        dto.idleMillis = peer.ageMillis();
        return dto;
    }

    private static ConnectionDTO connection(ConnectionView view) {
        Peer peer = view.peer();
        ConnectionDTO dto = of(
                view.binding(), peer == null ? null : peer.remoteAddress(), peer == null ? null : peer.localAddress());
        dto.id = view.id();
        dto.state = switch (view.phase()) {
            case CONNECTING -> ConnectionDTO.STATE_CONNECTING;
            case OPEN -> ConnectionDTO.STATE_OPEN;
            case SUSPENDED -> ConnectionDTO.STATE_SUSPENDED;
            case CLOSING, LINGERING, ENDING, FREE -> ConnectionDTO.STATE_CLOSING;
        };
        dto.thread = view.thread();
        dto.ageMillis = view.ageMillis();
        dto.idleMillis = view.idleMillis();
        dto.bytesIn = view.bytesIn();
        dto.bytesOut = view.bytesOut();
        dto.pendingBytes = view.pendingBytes();
        dto.unreadBytes = view.unreadBytes();
        dto.memoryBytes = view.memoryBytes();
        dto.readingPaused = view.readingPaused();
        dto.handOvers = view.handOvers();
        return dto;
    }
}
