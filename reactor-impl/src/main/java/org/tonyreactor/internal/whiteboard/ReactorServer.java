package org.tonyreactor.internal.whiteboard;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.EngineReactor;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.reactor.EndpointProperty;
import org.tonyreactor.reactor.Reactor;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.ReactorRuntime;
import org.tonyreactor.whiteboard.ReactorConstants;

/**
 * Puts engine, whiteboard and services together, starts and stops them in order. Any thread.
 *
 * <p>It stops in this order: first the services, so that there are no new users; then the engine, which tells every
 * connection; last, the factories are given back.
 */
final class ReactorServer implements AutoCloseable {
    private static final Log LOG = Log.named("org.tonyreactor.whiteboard");
    /** The property of the runtime that says that the engine has given itself up; the launcher looks for it. */
    private static final String ENGINE_FAILED = "reactor.engine.failed";

    private static final String DEFAULT_ENGINE_NAME = "default";

    private final Bundle framework;
    private final ConfiguredSettings configured;
    private final Engine engine;
    private final EngineReactor timers;
    private final FactoryWhiteboard whiteboard;
    private final ChangeCount changes = new ChangeCount();
    private final ServiceRegistration<ReactorRuntime> runtime;
    private final ServiceRegistration<Reactor> reactors;
    private final ServiceRegistration<ReactorAdmin> admin;
    private final DescribedFactories described = new DescribedFactories();
    /** Null where the platform has no Metatype. */
    private final @Nullable ServiceRegistration<?> descriptions;

    private ReactorServer(BundleContext context, ConfiguredSettings configured, Engine engine) {
        this.framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
        this.configured = configured;
        this.engine = engine;
        this.timers = engine.newReactor();
        Map<String, ?> properties = Map.of(
                ReactorConstants.ENGINE_NAME,
                DEFAULT_ENGINE_NAME,
                Constants.OBJECTCLASS,
                ReactorRuntime.class.getName());
        ClassLoaderLeaks leaks = new ClassLoaderLeaks(engine::uptimeMillis);
        whiteboard = new FactoryWhiteboard(new ServingContext(
                engine,
                new DeclarationReader(EndpointProperty.all(), properties),
                new Predecessors(engine),
                timers,
                changes,
                leaks));
        runtime = context.registerService(
                ReactorRuntime.class, new RuntimeReport(engine, whiteboard), runtimeProperties(changes.get()));
        reactors = context.registerService(Reactor.class, new ReactorServices(engine), reactorProperties());
        admin = context.registerService(ReactorAdmin.class, new AdminService(engine, leaks), reactorProperties());
        descriptions = describe(context, described);
        changes.announceTo(this::announce);
        engine.onChange(changes::increment);
        engine.onFatal(() -> BundleCalls.run(this::announceFailure));
    }

    /**
     * Starts an engine and publishes it.
     *
     * @throws IllegalStateException when the framework has one of the same name
     */
    static ReactorServer start(BundleContext context, Map<String, ?> configuration) throws IOException {
        SoleEngine.refuseSecond(context, DEFAULT_ENGINE_NAME, Long.MAX_VALUE);
        ConfiguredSettings configured = new ConfiguredSettings();
        Engine engine = Engine.start(configured.read(configuration, EngineSettings.defaults()));
        ReactorServer server;
        try {
            server = new ReactorServer(context, configured, engine);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
        try {
            // Again: two may have started at once.
            SoleEngine.refuseSecond(context, DEFAULT_ENGINE_NAME, serviceId(server.runtime));
            engine.warmUp();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static @Nullable ServiceRegistration<?> describe(BundleContext context, DescribedFactories described) {
        try {
            return EndpointMetatype.register(context, EndpointProperty.all(), described);
        } catch (NoClassDefFoundError e) {
            LOG.debug("there is no Metatype here: the properties of endpoints are not described", e);
            return null;
        }
    }

    /** A factory was registered. When this returns, it is bound or has a failure to show. */
    void add(OfferedFactory factory) {
        described.add(factory);
        whiteboard.add(factory);
    }

    /** The properties of a factory were modified. */
    void update(long serviceId) {
        described.update();
        whiteboard.update(serviceId);
    }

    /** A factory is being unregistered. When this returns, none of its code runs and nothing of it is referenced. */
    void remove(long serviceId) {
        if (framework.getState() == Bundle.STOPPING) {
            engine.beginStop(); // Bundles go one after another, and the engine with them.
        }
        described.remove(serviceId);
        whiteboard.remove(serviceId);
    }

    /** Applies another configuration. */
    void configure(Map<String, ?> configuration) {
        EngineSettings settings = configured.read(configuration, engine.settings());
        LOG.info("configured: {}", ConfiguredSettings.text(settings));
        engine.update(settings);
        changes.increment();
    }

    @Override
    public void close() {
        engine.beginStop(); // What goes with the services is waited for, too.
        changes.announceTo(count -> {});
        described.onChange(() -> {});
        if (descriptions != null) {
            unregister(descriptions);
        }
        unregister(admin);
        unregister(reactors);
        unregister(runtime);
        timers.close();
        engine.close();
        whiteboard.close();
    }

    private void announce(long count) {
        try {
            runtime.setProperties(runtimeProperties(count));
        } catch (IllegalStateException e) {
            LOG.debug("the runtime is unregistered, change {} is not announced", count, e);
        }
    }

    private void announceFailure() {
        changes.announceTo(count -> {});
        try {
            runtime.setProperties(FrameworkUtil.asDictionary(
                    Map.of(ReactorConstants.ENGINE_NAME, DEFAULT_ENGINE_NAME, ENGINE_FAILED, true)));
        } catch (IllegalStateException e) {
            LOG.debug("the runtime is unregistered, the end of the engine is not announced", e);
        }
    }

    private static Dictionary<String, Object> runtimeProperties(long count) {
        return FrameworkUtil.asDictionary(
                Map.of(ReactorConstants.ENGINE_NAME, DEFAULT_ENGINE_NAME, ReactorConstants.CHANGE_COUNT, count));
    }

    private static Dictionary<String, Object> reactorProperties() {
        return FrameworkUtil.asDictionary(Map.of(ReactorConstants.ENGINE_NAME, DEFAULT_ENGINE_NAME));
    }

    private static long serviceId(ServiceRegistration<?> registration) {
        return (Long) registration.getReference().getProperty(Constants.SERVICE_ID);
    }

    private static void unregister(ServiceRegistration<?> registration) {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            LOG.debug("{} was unregistered with its bundle", registration, e);
        }
    }
}
