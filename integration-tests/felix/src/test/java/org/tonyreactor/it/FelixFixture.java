package org.tonyreactor.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * A Felix with the engine in it, one for each test class. Bundles that a test installs go when the test ends; when a test
 * fails, what the engine says of itself is printed.
 */
final class FelixFixture
        implements BeforeAllCallback, AfterAllCallback, AfterEachCallback, TestExecutionExceptionHandler {
    private static final String RUNTIME = "org.tonyreactor.runtime.ReactorRuntime";
    /** The back end of the log. Without it nothing is logged. */
    private static final String LOG = "pax-logging-log4j2.jar";

    private final Set<String> missing;
    private final List<Bundle> installed = new ArrayList<>();
    private Path folder;
    private Framework framework;
    private Bundle engine;

    FelixFixture() {
        this(Set.of());
    }

    private FelixFixture(Set<String> missing) {
        this.missing = missing;
    }

    /** One in which a bundle of the platform is missing. */
    static FelixFixture without(String file) {
        return new FelixFixture(Set.of(file));
    }

    /** A bundle that the build has copied. */
    static Path bundleFile(String artifact) {
        return Path.of(System.getProperty("bundles.directory"), artifact + ".jar");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("felix");
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put("org.ops4j.pax.logging.DefaultServiceLog.level", "NONE");
        framework = new FrameworkFactory().newFramework(settings);
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (Path file : platform()) {
            if (missing.contains(file.getFileName().toString())) {
                continue;
            }
            bundles.add(context().installBundle(file.toUri().toString()));
        }
        for (String artifact : List.of("reactor-api", "reactor-impl")) {
            bundles.add(context().installBundle(bundleFile(artifact).toUri().toString()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        engine = bundles.get(bundles.size() - 1);
        await("the runtime", () -> reference(RUNTIME) != null);
    }

    @Override
    public void afterEach(ExtensionContext context) throws BundleException {
        for (Bundle bundle : installed) {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
            }
        }
        installed.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        framework.stop();
        framework.waitForStop(TimeUnit.SECONDS.toMillis(20));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        System.err.println(context.getDisplayName() + " failed; the engine says: "
                + (reference(RUNTIME) == null ? "nothing, it does not run" : runtime()));
        throw failure;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Framework framework() {
        return framework;
    }

    /** The engine's bundle. */
    Bundle engine() {
        return engine;
    }

    /** Installs and starts a bundle for the time of the test. */
    Bundle start(Path file) throws BundleException {
        Bundle bundle = context().installBundle(file.toUri().toString());
        installed.add(bundle);
        bundle.start();
        return bundle;
    }

    /** Leaves a bundle to the test, which has removed it. */
    void forget(Bundle bundle) {
        installed.remove(bundle);
    }

    /** Packs a package of test classes, installs and starts it. */
    Bundle startPacked(String name) throws BundleException {
        return startPacked(name, "");
    }

    Bundle startPacked(String name, String activator) throws BundleException {
        String packageName = "org.tonyreactor.it." + name;
        return start(ProtocolBundle.pack(
                folder, "it." + name, packageName, activator.isEmpty() ? "" : packageName + "." + activator));
    }

    /** The best service of a type, or null. The type may be one that this side has another class of. */
    ServiceReference<?> reference(String type) {
        try {
            ServiceReference<?>[] references = context().getAllServiceReferences(type, null);
            return references == null
                    ? null
                    : Stream.of(references).max(Comparator.naturalOrder()).orElse(null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(type, e);
        }
    }

    /** What the engine says now. */
    RuntimeView runtime() {
        ServiceReference<?> reference = reference(RUNTIME);
        try {
            return new RuntimeView(Fields.call(context().getService(reference), "getRuntimeDTO"));
        } finally {
            context().ungetService(reference);
        }
    }

    /** Waits until the engine says what is wanted. */
    RuntimeView awaitRuntime(String what, Predicate<RuntimeView> wanted) {
        return Awaitility.await(what)
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .ignoreExceptions()
                .until(this::runtime, wanted);
    }

    /** Waits until a service has one endpoint in a state, and returns its port. */
    int awaitPort(long serviceId, int state) {
        return awaitRuntime(
                        "an endpoint of service " + serviceId + " in state " + state,
                        view -> view.endpointsOf(serviceId).stream().anyMatch(each -> each.state() == state))
                .endpointsOf(serviceId)
                .stream()
                .filter(each -> each.state() == state)
                .findFirst()
                .orElseThrow()
                .port();
    }

    /** The property of the runtime that moves with every change. */
    long changeCount() {
        return (Long) reference(RUNTIME).getProperty("service.changecount");
    }

    /** The id of the only factory service of a bundle. */
    long serviceIdOf(Bundle bundle) {
        await("a service of " + bundle, () -> bundle.getRegisteredServices() != null);
        return (Long) bundle.getRegisteredServices()[0].getProperty(Constants.SERVICE_ID);
    }

    /** Configures a PID through Config Admin. */
    void configure(String pid, Map<String, Object> properties) {
        Dictionary<String, Object> dictionary = FrameworkUtil.asDictionary(properties);
        Fields.call(configuration(pid), "update", dictionary);
    }

    void deleteConfiguration(String pid) {
        Fields.call(configuration(pid), "delete");
    }

    static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(condition);
    }

    /** In the order of their start levels: the log starts first and stops last. */
    private static List<Path> platform() throws IOException {
        return jars("platform.directory").stream()
                .filter(file -> !file.endsWith(LOG))
                .sorted()
                .toList();
    }

    /** All jars in and below the folder that a property names. */
    static List<Path> jars(String property) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty(property)))) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private Object configuration(String pid) {
        ServiceReference<?> reference = reference("org.osgi.service.cm.ConfigurationAdmin");
        return Fields.call(context().getService(reference), "getConfiguration", pid, "?");
    }
}
