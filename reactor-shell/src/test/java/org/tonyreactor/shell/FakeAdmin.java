package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.dto.ClassLoaderLeakDTO;
import org.tonyreactor.runtime.dto.ConnectionDTO;

/** An engine that writes down what it is told. */
public final class FakeAdmin implements ReactorAdmin {
    /** What it was told, in order. */
    public final List<String> told = new ArrayList<>();

    public ConnectionDTO[] connections = {};
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
    public boolean closeConnection(long id) {
        told.add("closeConnection " + id);
        for (ConnectionDTO each : connections) {
            if (each.id == id) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void suspendAccepting(String host, int port) {
        told.add("suspendAccepting " + host + " " + port);
    }

    @Override
    public void resumeAccepting(String host, int port) {
        told.add("resumeAccepting " + host + " " + port);
    }

    @Override
    public void drain(String host, int port) {
        told.add("drain " + host + " " + port);
    }

    @Override
    public void close(String host, int port) {
        told.add("close " + host + " " + port);
        onClose.run();
    }

    @Override
    public void hold(String host, int port) {
        told.add("hold " + host + " " + port);
    }

    @Override
    public int handOver(String host, int port) {
        told.add("handOver " + host + " " + port);
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

    private void check(long serviceId) {
        if (!factories.contains(serviceId)) {
            throw new IllegalArgumentException("there is no factory of service " + serviceId);
        }
    }
}
