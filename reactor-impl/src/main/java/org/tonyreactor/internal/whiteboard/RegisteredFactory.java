package org.tonyreactor.internal.whiteboard;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.tonyreactor.protocol.ProtocolFactory;

/** A factory in the registry of the framework. */
final class RegisteredFactory implements OfferedFactory {
    private final BundleContext context;
    private final ServiceReference<ProtocolFactory> reference;
    private final String bundleName;
    private final String bundleVersion;
    private final OwnDescriptions descriptions;

    RegisteredFactory(BundleContext context, ServiceReference<ProtocolFactory> reference) {
        this.context = context;
        this.reference = reference;
        Bundle bundle = reference.getBundle();
        this.descriptions = new OwnDescriptions(bundle);
        this.bundleName = bundle == null ? "" : String.valueOf(bundle.getSymbolicName());
        this.bundleVersion = bundle == null ? "" : bundle.getVersion().toString();
    }

    static long serviceId(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_ID) instanceof Long id ? id : -1;
    }

    @Override
    public long serviceId() {
        return serviceId(reference);
    }

    @Override
    public String bundleName() {
        return bundleName;
    }

    @Override
    public String bundleVersion() {
        return bundleVersion;
    }

    @Override
    public boolean describes(String pid) {
        return descriptions.have(pid);
    }

    @Override
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        for (String key : reference.getPropertyKeys()) {
            Object value = reference.getProperty(key);
            if (value != null) {
                properties.put(key, value);
            }
        }
        return properties;
    }

    @Override
    public @Nullable ProtocolFactory get() {
        return context.getService(reference);
    }

    @Override
    public Optional<String> componentFailure() {
        try {
            return ComponentFailure.of(context, reference);
        } catch (RuntimeException e) {
            return Optional.empty(); // It, or the engine's own bundle, has stopped.
        }
    }

    @Override
    public void unget() {
        try {
            context.ungetService(reference);
        } catch (IllegalStateException e) {
            // The engine's own bundle has stopped, and with it all that it had got was given back.
        }
    }

    @Override
    public String toString() {
        return reference.toString();
    }
}
