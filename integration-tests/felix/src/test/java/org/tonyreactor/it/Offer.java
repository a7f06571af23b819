package org.tonyreactor.it;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** A recording factory that a test has registered in the name of a bundle. */
final class Offer {
    static final String FACTORY = "org.tonyreactor.protocol.ProtocolFactory";

    private final Object factory;
    private final ServiceRegistration<?> registration;
    private final long serviceId;

    private Offer(Object factory, ServiceRegistration<?> registration) {
        this.factory = factory;
        this.registration = registration;
        this.serviceId = (Long) registration.getReference().getProperty(Constants.SERVICE_ID);
    }

    /** Registers a new recording echo of the plain bundle. */
    static Offer register(Bundle plain, Map<String, Object> properties) {
        Object factory = newFactory(plain, "RecordingEcho");
        return new Offer(factory, register(plain, factory, properties));
    }

    static ServiceRegistration<?> register(Bundle bundle, Object service, Map<String, Object> properties) {
        return bundle.getBundleContext().registerService(FACTORY, service, FrameworkUtil.asDictionary(properties));
    }

    static Object newFactory(Bundle plain, String simpleName) {
        try {
            return plain.loadClass("org.tonyreactor.it.plain." + simpleName)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(simpleName, e);
        }
    }

    long serviceId() {
        return serviceId;
    }

    void modify(Map<String, Object> properties) {
        registration.setProperties(FrameworkUtil.asDictionary(properties));
    }

    void unregister() {
        registration.unregister();
    }

    @SuppressWarnings("unchecked")
    List<String> events() {
        return List.copyOf((Queue<String>) Fields.get(factory, "events"));
    }

    /** The events that tell how a connection ended. */
    List<String> endings() {
        return events().stream().filter(event -> event.contains("lost")).toList();
    }
}
