package org.tonyreactor.internal.whiteboard;

import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.EngineReactor;
import org.tonyreactor.reactor.Reactor;

/** Gives each bundle its own reactor. When the reactor ends, everything ends that the bundle has opened. Any thread. */
final class ReactorServices implements ServiceFactory<Reactor> {
    private final Engine engine;

    ReactorServices(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Reactor getService(Bundle bundle, ServiceRegistration<Reactor> registration) {
        return engine.newReactor();
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<Reactor> registration, Reactor service) {
        if (service instanceof EngineReactor reactor) {
            reactor.close();
        }
    }
}
