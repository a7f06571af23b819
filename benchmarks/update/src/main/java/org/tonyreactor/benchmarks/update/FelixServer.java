package org.tonyreactor.benchmarks.update;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.tonyreactor.benchmarks.harness.FreePorts;
import org.tonyreactor.benchmarks.ledger.LedgerFactory;

/** A framework with the real bundles and one protocol bundle, which is updated. One thread. */
final class FelixServer {
    private static final List<String> PLATFORM = List.of(
            "pax-logging-api",
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component",
            "org.apache.felix.configadmin",
            "org.apache.felix.metatype",
            "org.apache.felix.scr",
            "reactor-api",
            "reactor-impl");
    private static final int STATE_BOUND = 2;
    private static final long BOUND_SECONDS = 20;
    private static final long POLL_MILLIS = 5;

    private final Framework framework;
    private final int port;
    private @Nullable Bundle ledger;

    private FelixServer(Framework framework, int port) {
        this.framework = framework;
        this.port = port;
    }

    static FelixServer start(Path bundles, Path work, Witness witness, long holdMillis) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, work.resolve("cache").toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
        Framework framework = new FrameworkFactory().newFramework(settings);
        framework.start();
        List<Bundle> installed = new ArrayList<>();
        for (String artifact : PLATFORM) {
            installed.add(framework
                    .getBundleContext()
                    .installBundle(bundles.resolve(artifact + ".jar").toUri().toString()));
        }
        for (Bundle bundle : installed) {
            bundle.start();
        }
        FelixServer server = new FelixServer(framework, FreePorts.find(1).get(0));
        server.configure(holdMillis);
        server.context()
                .registerService(
                        BiConsumer.class, witness, FrameworkUtil.asDictionary(Map.of(LedgerFactory.WITNESS, true)));
        return server;
    }

    /** Installs the first version and waits until it is served; the port. */
    int install(Path file) throws Exception {
        try (InputStream content = Files.newInputStream(file)) {
            ledger = context().installBundle("ledger", content);
        }
        ledger.start();
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (!isBound()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException("port " + port + " is not served: " + runtime());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return port;
    }

    /** Updates; how many nanoseconds it took. */
    long update(Path file) throws IOException, BundleException {
        try (InputStream content = Files.newInputStream(file)) {
            long startNanos = System.nanoTime();
            bundle().update(content);
            return System.nanoTime() - startNanos;
        }
    }

    Bundle bundle() {
        if (ledger == null) {
            throw new IllegalStateException("nothing is installed");
        }
        return ledger;
    }

    void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
    }

    /** What the engine says of itself. Its types are loaded in the framework, so this side has only their fields. */
    Object runtime() throws ReflectiveOperationException {
        return call(service("org.tonyreactor.runtime.ReactorRuntime"), "getRuntimeDTO");
    }

    private boolean isBound() throws ReflectiveOperationException {
        Object runtime = runtime();
        Object endpoints = runtime.getClass().getField("endpointDTOs").get(runtime);
        for (int i = 0; i < Array.getLength(endpoints); i++) {
            Object endpoint = Array.get(endpoints, i);
            if (endpoint.getClass().getField("port").getInt(endpoint) == port
                    && endpoint.getClass().getField("state").getInt(endpoint) == STATE_BOUND) {
                return true;
            }
        }
        return false;
    }

    private void configure(long holdMillis) throws ReflectiveOperationException {
        Object configuration =
                call(service("org.osgi.service.cm.ConfigurationAdmin"), "getConfiguration", LedgerFactory.PID, "?");
        Dictionary<String, Object> properties =
                FrameworkUtil.asDictionary(Map.of("reactor.port", port, "reactor.hold.timeout.millis", holdMillis));
        call(configuration, "update", properties);
    }

    private Object service(String type) {
        ServiceReference<?>[] references;
        try {
            // Also those of types that this side has another class of.
            references = context().getAllServiceReferences(type, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(type, e);
        }
        if (references == null) {
            throw new IllegalStateException("no service " + type);
        }
        return context().getService(references[0]);
    }

    private BundleContext context() {
        return framework.getBundleContext();
    }

    private static Object call(Object owner, String method, Object... arguments) throws ReflectiveOperationException {
        for (Class<?> type : owner.getClass().getInterfaces()) {
            for (Method each : type.getMethods()) {
                if (each.getName().equals(method) && each.getParameterCount() == arguments.length) {
                    return each.invoke(owner, arguments);
                }
            }
        }
        throw new NoSuchMethodException(owner + "." + method);
    }
}
