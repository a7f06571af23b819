package org.tonyreactor.internal.whiteboard;

import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.metatype.MetaTypeProvider;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.reactor.EndpointProperty;

/**
 * Describes the properties of endpoints to configuration tools (OSGi Metatype), from their declarations. There is one
 * service for all components that the whiteboard knows. If the platform has no Metatype, this class is not loaded: only
 * {@link ReactorServer} refers to it. Any thread.
 */
final class EndpointMetatype implements MetaTypeProvider {
    private static final Log LOG = Log.named("org.tonyreactor.whiteboard");

    private final List<EndpointProperty> declared;
    private final DescribedFactories factories;

    EndpointMetatype(List<EndpointProperty> declared, DescribedFactories factories) {
        this.declared = declared;
        this.factories = factories;
    }

    /** Registers the service, and keeps its PIDs equal to those of the factories. */
    static ServiceRegistration<?> register(
            BundleContext context, List<EndpointProperty> declared, DescribedFactories factories) {
        ServiceRegistration<MetaTypeProvider> registration = context.registerService(
                MetaTypeProvider.class, new EndpointMetatype(declared, factories), properties(factories));
        factories.onChange(() -> update(registration, factories));
        return registration;
    }

    private static void update(ServiceRegistration<?> registration, DescribedFactories factories) {
        Dictionary<String, Object> properties = properties(factories);
        try {
            registration.setProperties(properties);
        } catch (IllegalStateException e) {
            LOG.debug("the descriptions are unregistered, a change is not announced", e);
        }
    }

    private static Dictionary<String, Object> properties(DescribedFactories factories) {
        return FrameworkUtil.asDictionary(Map.of(
                METATYPE_PID,
                factories.pids().toArray(String[]::new),
                METATYPE_FACTORY_PID,
                factories.factoryPids().toArray(String[]::new)));
    }

    @Override
    public ObjectClassDefinition getObjectClassDefinition(String id, @Nullable String locale) {
        boolean isSingle = factories.pids().contains(id);
        if (!isSingle && !factories.factoryPids().contains(id)) {
            throw new IllegalArgumentException("no component with the PID " + id + " is served");
        }
        return new EndpointDescription(id, declared, isSingle ? factories.inForce(id) : Map.of());
    }

    /** The texts are in English only. */
    @Override
    public String @Nullable [] getLocales() {
        return null;
    }
}
