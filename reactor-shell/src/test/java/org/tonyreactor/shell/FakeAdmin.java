package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tonyreactor.runtime.EndpointRef;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.dto.ClassLoaderLeakDTO;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.runtime.dto.ConnectionListDTO;

/** An engine that writes down what it is told. */
public final class FakeAdmin implements ReactorAdmin {
    /** What it was told, in order. */
    public final List<String> told = new ArrayList<>();

    public ConnectionDTO[] connections = {};
    /** Threads that do not answer. */
    public String[] missingThreads = {};

    public ClassLoaderLeakDTO[] leaks = {};
    public int handedOver;

    /** What happens in the engine when an endpoint is closed. */
    public Runnable onClose = () -> {};

    /** The only factories it knows; everything else is an error. */
    public final Set<Long> factories = new HashSet<>();

    @Override
    public ConnectionDTO[] getConnectionDTOs() {
        return connections;
    }

    @Override
    public ConnectionListDTO getConnectionListDTO() {
        ConnectionListDTO list = new ConnectionListDTO();
        list.connectionDTOs = connections;
        list.missingThreads = missingThreads;
        return list;
    }

    @Override
    public boolean closeConnection(long id) {
        told.add("closeConnection " + id);
        for (ConnectionDTO each : connections) {
            if (each.id == id) {
                return true;
            }
        }
        checkAnswered();
        return false;
    }

    @Override
    public void suspendAccepting(EndpointRef endpoint) {
        told.add("suspendAccepting " + endpoint);
    }

    @Override
    public void resumeAccepting(EndpointRef endpoint) {
        told.add("resumeAccepting " + endpoint);
    }

    @Override
    public void drain(EndpointRef endpoint) {
        told.add("drain " + endpoint);
        checkAnswered();
    }

    @Override
    public void close(EndpointRef endpoint) {
        told.add("close " + endpoint);
        checkAnswered();
        onClose.run();
    }

    @Override
    public void hold(EndpointRef endpoint) {
        told.add("hold " + endpoint);
    }

    @Override
    public int handOver(EndpointRef endpoint) {
        told.add("handOver " + endpoint);
        return handedOver;
    }

    @Override
    public void quarantine(long serviceId) {
        check(serviceId);
        told.add("quarantine " + serviceId);
    }

    @Override
    public void release(long serviceId) {
        check(serviceId);
        told.add("release " + serviceId);
    }

    @Override
    public ClassLoaderLeakDTO[] getClassLoaderLeakDTOs() {
        return leaks;
    }

    private void checkAnswered() {
        if (missingThreads.length > 0) {
            throw new IllegalStateException("not answered in time by " + String.join(", ", missingThreads));
        }
    }

    private void check(long serviceId) {
        if (!factories.contains(serviceId)) {
            throw new IllegalArgumentException("there is no factory of service " + serviceId);
        }
    }
}
