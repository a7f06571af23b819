package org.tonyreactor.benchmarks.update;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
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
    private static final Path EPHEMERAL_PORTS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int PORTS_FROM = 10_000;
    private static final int PORTS_TO = 65_536;
    private static final int PORTS_TRIED = 1_000;
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
        FelixServer server = new FelixServer(framework, freePort());
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

    /** Updates, and tells how long what took. */
    Map<String, Long> update(Path file) throws IOException, BundleException {
        UpdatePhases phases = new UpdatePhases(bundle());
        context().addBundleListener(phases);
        try (InputStream content = Files.newInputStream(file)) {
            phases.begin();
            bundle().update(content);
            return phases.end();
        } finally {
            context().removeBundleListener(phases);
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
        Object endpoints = runtime.getClass().getField("endpoints").get(runtime);
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

    /** A port that the kernel gives to no connecting peer, for one of them could have it when it is to be bound. */
    private static int freePort() throws IOException {
        List<Integer> ephemeral;
        // Through a buffer, for this file says all in the first read or nothing.
        try (BufferedReader range = Files.newBufferedReader(EPHEMERAL_PORTS)) {
            ephemeral = Stream.of(range.readLine().split("\\s+", -1))
                    .map(Integer::valueOf)
                    .toList();
        }
        for (int i = 0; i < PORTS_TRIED; i++) {
            int port = ThreadLocalRandom.current().nextInt(PORTS_FROM, PORTS_TO);
            if (port < ephemeral.get(0) || port > ephemeral.get(1)) {
                try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                    return socket.getLocalPort();
                } catch (IOException e) {
                    // Somebody has it: the next one.
                }
            }
        }
        throw new IOException("no free port outside of " + ephemeral);
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
