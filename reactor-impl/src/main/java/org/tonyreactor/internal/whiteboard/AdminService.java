package org.tonyreactor.internal.whiteboard;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.tonyreactor.internal.engine.EngineControl;
import org.tonyreactor.internal.engine.connection.ConnectionView;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.dto.ClassLoaderLeakDTO;
import org.tonyreactor.runtime.dto.ConnectionDTO;

/** The operator's door as a service: turns the engine's views into data transfer objects. Any thread. */
final class AdminService implements ReactorAdmin {
    private final EngineControl control;
    private final ClassLoaderLeaks leaks;

    AdminService(EngineControl control, ClassLoaderLeaks leaks) {
        this.control = control;
        this.leaks = leaks;
    }

    @Override
    public ConnectionDTO[] getConnectionDTOs() {
        return control.connections().stream().map(AdminService::connection).toArray(ConnectionDTO[]::new);
    }

    @Override
    public boolean closeConnection(long id) {
        return control.closeConnection(id);
    }

    @Override
    public void suspendAccepting(String host, int port) {
        control.suspendAccepting(host, port, true);
    }

    @Override
    public void resumeAccepting(String host, int port) {
        control.suspendAccepting(host, port, false);
    }

    @Override
    public void drain(String host, int port) {
        control.drain(host, port, true);
    }

    @Override
    public void close(String host, int port) {
        control.drain(host, port, false);
    }

    @Override
    public void hold(String host, int port) {
        control.hold(host, port);
    }

    @Override
    public int handOver(String host, int port) {
        return control.handOver(host, port);
    }

    @Override
    public void quarantine(long serviceId) {
        control.quarantine(serviceId, true);
    }

    @Override
    public void release(long serviceId) {
        control.quarantine(serviceId, false);
    }

    @Override
    public ClassLoaderLeakDTO[] getClassLoaderLeakDTOs() {
        return leaks.alive();
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
            dto.remote = text(view.peer().remoteAddress());
            dto.local = text(view.peer().localAddress());
        }
        dto.thread = view.thread();
        dto.ageMillis = view.ageMillis();
        dto.idleMillis = view.idleMillis();
        dto.bytesIn = view.bytesIn();
        dto.bytesOut = view.bytesOut();
        dto.pendingBytes = view.pendingBytes();
        dto.unreadBytes = view.unreadBytes();
        dto.readingPaused = view.readingPaused();
        dto.handOvers = view.handOvers();
        return dto;
    }

    private static String text(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : address.toString();
    }
}
