package org.tonyreactor.internal.whiteboard;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.EngineControl;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.connection.ConnectionView;
import org.tonyreactor.internal.engine.wire.AddressText;
import org.tonyreactor.runtime.EndpointRef;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.dto.ClassLoaderLeakDTO;
import org.tonyreactor.runtime.dto.ConnectionDTO;

/**
 * The operator's entry as a service. It turns the engine's views into data transfer objects, and logs each command
 * unless the engine logs it with the cause. Any thread.
 */
final class AdminService implements ReactorAdmin {
    private static final Logger LOG = LoggerFactory.getLogger("org.tonyreactor.whiteboard");
    /** How many addresses a message names. */
    private static final int NAMED_ADDRESSES = 8;

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
        return control.connections().stream().map(AdminService::connection).toArray(ConnectionDTO[]::new);
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
            throw new IllegalArgumentException("there is no endpoint " + endpoint);
        }
        if (meant.size() > 1) {
            throw new IllegalArgumentException(
                    endpoint + " is the name of " + meant.size() + " endpoints: say which of "
                            + meant.keySet().stream().limit(NAMED_ADDRESSES).collect(Collectors.joining(", ")));
        }
        return meant.values().iterator().next();
    }

    private static ConnectionDTO connection(ConnectionView view) {
        ConnectionDTO dto = new ConnectionDTO();
        dto.id = view.id();
        dto.endpoint = view.binding().name();
        dto.serviceId = view.binding().rank().serviceId();
        dto.bundleId = view.binding().rank().bundleId();
        dto.state = switch (view.phase()) {
            case CONNECTING -> ConnectionDTO.STATE_CONNECTING;
            case OPEN -> ConnectionDTO.STATE_OPEN;
            case SUSPENDED -> ConnectionDTO.STATE_SUSPENDED;
            case CLOSING, LINGERING, ENDING, FREE -> ConnectionDTO.STATE_CLOSING;
        };
        if (view.peer() != null) {
            dto.remote = AddressText.of(view.peer().remoteAddress());
            dto.local = AddressText.of(view.peer().localAddress());
        }
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
